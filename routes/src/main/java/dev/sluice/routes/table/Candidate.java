package dev.sluice.routes.table;

import dev.sluice.grammar.CallNode;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A route at its place, ready to be asked.
final class Candidate implements Place {
  private static final String[] NONE = {};

  private final Route route;
  private final int rank;
  private final RoutePredicate[] predicates;
  private final Match plain;
  private final @Nullable PathPattern pattern;

  Candidate(Route route, @Nullable PathPattern pattern) {
    this.route = route;
    this.rank = Rank.of(route.definition());
    this.predicates = route.predicates();
    this.pattern = pattern == null || pattern.names().isEmpty() ? null : pattern;
    String[] names = this.pattern == null ? NONE : this.pattern.names().toArray(NONE);
    this.plain = new Match(route, names, NONE);
  }

  Route route() {
    return route;
  }

  int rank() {
    return rank;
  }

  @Override
  public @Nullable Candidate find(Request request, @Nullable Trace trace) {
    for (int i = 0; i < predicates.length; i++) {
      if (!predicates[i].test(request)) {
        if (trace != null) {
          trace.candidate(route, call(i));
        }
        return null;
      }
    }
    if (trace != null) {
      trace.candidate(route, null);
    }
    return this;
  }

  /// @param path that led here
  Match match(String path) {
    return pattern == null ? plain : new Match(route, plain.names(), values(pattern, path));
  }

  private static String[] values(PathPattern pattern, String path) {
    List<@Nullable String> segments = pattern.segments();
    String[] values = new String[pattern.names().size()];
    int count = 0;
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      int slash = path.indexOf('/', at + 1);
      int end = slash < 0 ? path.length() : slash;
      if (segments.get(i) == null) {
        values[count++] = path.substring(at + 1, end);
      }
      at = end;
    }
    if (count < values.length) {
      values[count] = at == path.length() ? "/" : path.substring(at);
    }
    return values;
  }

  private CallNode call(int index) {
    return route.definition().predicates().stream()
        .filter(bound -> !(bound.spec() instanceof TablePredicate))
        .skip(index)
        .findFirst()
        .orElseThrow()
        .call();
  }
}
