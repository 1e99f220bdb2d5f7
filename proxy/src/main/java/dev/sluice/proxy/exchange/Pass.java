package dev.sluice.proxy.exchange;

import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.Route;
import org.jspecify.annotations.Nullable;

/// One look-up of an exchange: the route that took it, and how far its filters are. A loopback adds a pass inside the one before.
public final class Pass {
  private final Match match;
  private final @Nullable Pass outer;

  /// In the request phase the filter that is next; afterwards the number of filters whose response phase is still to come.
  public int next;

  Pass(Match match, @Nullable Pass outer) {
    this.match = match;
    this.outer = outer;
  }

  public Route route() {
    return match.route();
  }

  public @Nullable Pass outer() {
    return outer;
  }

  /// Inner values win over outer ones of the same name.
  @Nullable String parameter(String name) {
    for (Pass pass = this; pass != null; pass = pass.outer) {
      String value = pass.match.parameter(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
