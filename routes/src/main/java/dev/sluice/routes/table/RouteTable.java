package dev.sluice.routes.table;

import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.InstanceKey;
import dev.sluice.routes.spi.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The searchable set of running routes. Immutable; thread-safe.
public interface RouteTable {
  /// The route that takes this request, or null.
  ///
  /// @param trace records why candidates were rejected; null on the request path, where it costs nothing
  @Nullable Match match(Request request, @Nullable Trace trace);

  /// All routes in source order.
  List<Route> routes();

  /// Number of the table, from 1; 0 for the empty table before the first load.
  long version();

  /// The running filter of this key, or null: the next table asks this one before it makes a new one.
  @Nullable Filter running(InstanceKey key);

  /// Marks the beginning of an exchange that uses this table; closed at its end. Instances that a later table dropped are closed
  /// when the last lease of the last table that holds them is. Striped, no contended write. Taken through [CurrentTable#enter],
  /// which makes sure that the table was still the current one when the lease began.
  Lease lease();

  /// One exchange's hold on a table. [#end] is called exactly once, from any thread.
  interface Lease {
    RouteTable table();

    void end();
  }
}
