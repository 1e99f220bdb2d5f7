package dev.sluice.routes.table;

/// The one volatile reference that a table switch sets. A request reads it once.
public final class CurrentTable {
  private volatile RouteTable table;

  public CurrentTable(RouteTable first) {
    table = first;
  }

  public RouteTable get() {
    return table;
  }

  /// Begins the use of the current table by one exchange; ended by [RouteTable.Lease#end].
  public RouteTable.Lease enter() {
    while (true) {
      RouteTable current = table;
      RouteTable.Lease lease = current.lease();
      if (current == table) {
        return lease;
      }
      // Switched between the two reads: what the old table held may be closed already.
      lease.end();
    }
  }

  /// @return the table before
  public RouteTable set(RouteTable next) {
    RouteTable before = table;
    table = next;
    return before;
  }
}
