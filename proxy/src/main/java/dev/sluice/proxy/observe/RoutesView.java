package dev.sluice.proxy.observe;

import dev.sluice.grammar.RouteNode;
import java.util.List;

/// What the admin listener and metrics show of the routes: one state, never changed. Thread-safe.
public interface RoutesView {
  /// Before anything is known.
  RoutesView EMPTY = new RoutesView() {
    @Override
    public long version() {
      return 0;
    }

    @Override
    public long created() {
      return 0;
    }

    @Override
    public boolean complete() {
      return false;
    }

    @Override
    public int count() {
      return 0;
    }

    @Override
    public List<RouteNode> valid() {
      return List.of();
    }

    @Override
    public List<InvalidRoute> invalid() {
      return List.of();
    }

    @Override
    public List<Source> sources() {
      return List.of();
    }
  };

  /// Number of the table, from 1; 0 before the first load.
  long version();

  /// When the table was made, in seconds since 1970.
  long created();

  /// Whether every source has delivered at least once.
  boolean complete();

  /// How many routes are running.
  int count();

  /// Running routes, sorted by id.
  List<RouteNode> valid();

  /// Routes that were left out, sorted by id.
  List<InvalidRoute> invalid();

  /// Where routes come from.
  List<Source> sources();

  /// A route that is not in the table.
  ///
  /// @param kind token of the reason: `unknown_filter`, `invalid_filter_params`, `unknown_predicate`, `invalid_predicate_params`,
  ///     `failed_backend_split`, `other`
  /// @param text what is wrong, for people
  /// @param place file, line and column; empty when not known
  record InvalidRoute(RouteNode route, String kind, String text, String place) {}

  /// A text of a data client.
  ///
  /// @param healthy whether it was read, and is in use as it is now
  /// @param state for people: `read`, or what is wrong
  /// @param routes how many routes of it are in use
  /// @param updates how often something new came from it
  /// @param failures how often it could not be read or used
  /// @param updated when something new came from it last, in seconds since 1970; 0 when never
  record Source(String client, String name, boolean healthy, String state, int routes, long updates, long failures, long updated) {}
}
