package dev.sluice.proxy.observe;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.declare.ArgumentCode;
import dev.sluice.routes.source.FeedState;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the route feed has made of its sources, as others show it. Lists are made when they are asked for first.
public final class FeedView implements RoutesView {
  private final FeedState state;
  private volatile @Nullable List<RouteNode> valid;
  private volatile @Nullable List<InvalidRoute> invalid;

  private FeedView(FeedState state) {
    this.state = state;
  }

  /// The view of the latest state; the same object while the state is the same.
  public static Supplier<RoutesView> of(Supplier<FeedState> states) {
    return new Supplier<>() {
      private volatile FeedView latest = new FeedView(states.get());

      @Override
      public RoutesView get() {
        FeedState now = states.get();
        FeedView view = latest;
        if (view.state != now) {
          view = new FeedView(now);
          latest = view;
        }
        return view;
      }
    };
  }

  @Override
  public long version() {
    return state.table().version();
  }

  @Override
  public long created() {
    return state.switched().getEpochSecond();
  }

  @Override
  public boolean complete() {
    return state.complete();
  }

  @Override
  public int count() {
    return state.table().routes().size();
  }

  @Override
  public List<RouteNode> valid() {
    List<RouteNode> known = valid;
    if (known == null) {
      known = state.table().routes().stream()
          .map(route -> route.definition().node())
          .sorted(Comparator.comparing(RouteNode::id))
          .toList();
      valid = known;
    }
    return known;
  }

  @Override
  public List<InvalidRoute> invalid() {
    List<InvalidRoute> known = invalid;
    if (known == null) {
      known = state.invalid().stream()
          .map(FeedView::invalid)
          .sorted(Comparator.comparing(route -> route.route().id()))
          .toList();
      invalid = known;
    }
    return known;
  }

  @Override
  public List<Source> sources() {
    return state.sources().stream().map(FeedView::source).toList();
  }

  private static Source source(FeedState.Source source) {
    boolean read = source.status() == FeedState.Status.READ;
    String problem = source.problems().isEmpty() || read ? "" : ": " + source.problems().getFirst().message();
    return new Source(source.client(), source.name(), read, source.status().name().toLowerCase(Locale.ROOT) + problem);
  }

  private static InvalidRoute invalid(FeedState.Invalid route) {
    Diagnostic first = route.reasons().getFirst();
    String text = route.reasons().stream().map(Diagnostic::message).collect(Collectors.joining("; "));
    return new InvalidRoute(route.node(), kind(first, route.node()), text, place(first));
  }

  private static String place(Diagnostic reason) {
    SourceText source = reason.source();
    int at = reason.span().start();
    return source == null ? "" : source.name() + ":" + source.line(at) + ":" + source.column(at);
  }

  /// Skipper's token for the reason.
  private static String kind(Diagnostic reason, RouteNode route) {
    return switch (reason.code()) {
      case ArgumentCode code -> switch (code) {
        case UNKNOWN_FILTER -> "unknown_filter";
        case UNKNOWN_PREDICATE -> "unknown_predicate";
        case UNKNOWN_ALGORITHM -> "failed_backend_split";
        case ARGUMENT_COUNT, ARGUMENT_TYPE, ARGUMENT_VALUE, ARGUMENTS_TOGETHER, DEPRECATED_NAME -> parameters(reason, route);
      };
      case RouteCode code -> switch (code) {
        case SEVERAL_PATHS, REPEATED_PREDICATE -> "invalid_predicate_params";
        case BAD_ADDRESS, FORWARD_WITHOUT_ADDRESS -> "failed_backend_split";
        case FILTER_SWITCHED_OFF -> "unknown_filter";
        case CANNOT_RUN -> route.filters().stream().anyMatch(call -> holds(call.span(), reason.span())) ? "invalid_filter_params" : "other";
        case EDIT_NOT_PARSED, REPEATED_ID, SOURCE_UNREADABLE -> "other";
      };
      default -> "other";
    };
  }

  private static String parameters(Diagnostic reason, RouteNode route) {
    boolean predicate = route.predicates().stream().anyMatch(call -> holds(call.span(), reason.span()));
    return predicate ? "invalid_predicate_params" : "invalid_filter_params";
  }

  private static boolean holds(Span outer, Span inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }
}
