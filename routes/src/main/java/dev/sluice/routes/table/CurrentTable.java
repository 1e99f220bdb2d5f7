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

  /// @return the table before
  public RouteTable set(RouteTable next) {
    RouteTable before = table;
    table = next;
    return before;
  }
}
