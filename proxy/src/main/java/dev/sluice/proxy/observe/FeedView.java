package dev.sluice.proxy.observe;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.source.FeedState;
import dev.sluice.routes.table.Route;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the route feed has made of its sources, as others show it. Lists are made when they are asked for first.
public final class FeedView implements RoutesView {
  private final FeedState state;
  private volatile @Nullable List<RouteDefinition> valid;
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

  /// Trees are read again when they are listed: of a hundred thousand routes a page has a thousand.
  @Override
  public List<RouteNode> valid() {
    List<RouteDefinition> known = valid;
    if (known == null) {
      known = state.table().routes().stream().map(Route::definition).sorted(Comparator.comparing(RouteDefinition::id)).toList();
      valid = known;
    }
    List<RouteDefinition> sorted = known;
    return new AbstractList<>() {
      @Override
      public RouteNode get(int index) {
        return sorted.get(index).node();
      }

      @Override
      public int size() {
        return sorted.size();
      }
    };
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
    return new Source(source.client(), source.name(), read, source.status().name().toLowerCase(Locale.ROOT) + problem, source.routes(),
        source.history().updates(), source.history().failures(), source.history().updated().getEpochSecond());
  }

  private static InvalidRoute invalid(FeedState.Invalid route) {
    Diagnostic first = route.reasons().getFirst();
    String text = route.reasons().stream().map(Diagnostic::message).collect(Collectors.joining("; "));
    return new InvalidRoute(route.node(), route.reasonCode(), text, place(first));
  }

  private static String place(Diagnostic reason) {
    SourceText source = reason.source();
    int at = reason.span().start();
    return source == null ? "" : source.name() + ":" + source.line(at) + ":" + source.column(at);
  }
}
