package dev.sluice.routes.table;

import dev.sluice.grammar.CallNode;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A route at its place, ready to be asked. Tables that follow one another share those of the routes that stay.
final class Candidate implements Place {
  private static final String[] NONE = {};

  private final Route route;
  private final int rank;
  private final RoutePredicate[] predicates;
  private final @Nullable Wildcards wildcards;
  private final @Nullable Match plain;

  /// Place in the source of the table that is built; only the thread that builds tables looks at it.
  int order;

  Candidate(Route route, @Nullable Wildcards wildcards) {
    this.route = route;
    this.rank = Rank.of(route.definition());
    this.predicates = route.predicates();
    this.wildcards = wildcards;
    this.plain = wildcards == null ? new Match(route, NONE, NONE) : null;
  }

  Route route() {
    return route;
  }

  int rank() {
    return rank;
  }

  @Override
  public Candidate[] all() {
    return new Candidate[] {this};
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
    return plain != null ? plain : new Match(route, Objects.requireNonNull(wildcards).names(), wildcards.values(path));
  }

  private CallNode call(int index) {
    return route.definition().predicates().stream()
        .filter(bound -> !(bound.spec() instanceof TablePredicate))
        .skip(index)
        .map(route.definition()::predicateCall)
        .findFirst()
        .orElseThrow();
  }
}
