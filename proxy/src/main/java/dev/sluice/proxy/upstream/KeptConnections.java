package dev.sluice.proxy.upstream;

import java.util.LinkedHashSet;
import java.util.Set;

/// The kept connections of one loop to all backends, that which is kept longest first. On the loop.
final class KeptConnections {
  private final int most;
  private final Set<HostPool.Pooled> kept = new LinkedHashSet<>();

  /// @param most 0: any number, and nothing is remembered
  KeptConnections(int most) {
    this.most = most;
  }

  /// Closes the one kept longest when it is one too many.
  void add(HostPool.Pooled connection) {
    if (most > 0) {
      kept.add(connection);
      if (kept.size() > most) {
        HostPool.Pooled eldest = kept.iterator().next();
        kept.remove(eldest);
        eldest.close();
      }
    }
  }

  /// It is in use, or closed.
  void remove(HostPool.Pooled connection) {
    if (most > 0) {
      kept.remove(connection);
    }
  }
}
