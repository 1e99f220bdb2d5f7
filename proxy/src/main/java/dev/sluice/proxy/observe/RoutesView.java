package dev.sluice.proxy.observe;

import dev.sluice.grammar.RouteNode;
import java.util.List;

/// What the admin listener and metrics show of the routes: one state, never changed. The same object is given until the table changes.
///
/// @param version of the table, from 1; 0 before the first load
/// @param created when the table was made, in seconds since 1970
/// @param valid running routes, sorted by id
/// @param invalid routes that were left out, sorted by id
/// @param sources where routes come from
public record RoutesView(
    long version, long created, List<RouteNode> valid, List<InvalidRoute> invalid, List<Source> sources) {
  /// Before the first load.
  public static final RoutesView EMPTY = new RoutesView(0, 0, List.of(), List.of(), List.of());

  /// A route that is not in the table.
  ///
  /// @param kind token of the reason: `unknown_filter`, `invalid_filter_params`, `unknown_predicate`, `invalid_predicate_params`,
  ///     `failed_backend_split`, `invalid_matcher`, `other`
  /// @param text what is wrong, for people
  /// @param place file, line and column; empty when not known
  public record InvalidRoute(RouteNode route, String kind, String text, String place) {}

  /// A data client.
  ///
  /// @param state for people: `ok`, or what is wrong
  /// @param healthy whether its last answer is in use
  public record Source(String name, boolean healthy, String state) {}
}
