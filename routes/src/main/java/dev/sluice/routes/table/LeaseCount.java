package dev.sluice.routes.table;

import dev.sluice.routes.table.RouteTable.Lease;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counts the leases of a table in stripes, so that threads do not write to one place. A lease is its stripe: nothing is
/// allocated.
///
/// Once closed, no lease begins that lasts ([CurrentTable#enter] gives it back), so a stripe seen at zero stays there, and
/// when all were seen at zero the table is no longer in use.
final class LeaseCount {
  private static final int STRIPES =
      Math.min(64, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2));
  private static final Runnable NOTHING = () -> {};

  private final Stripe[] stripes = new Stripe[STRIPES];
  private final AtomicReference<@Nullable Runnable> drained = new AtomicReference<>();

  LeaseCount(RouteTable table) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(this, table);
    }
  }

  Lease begin() {
    Stripe stripe = stripes[(int) Thread.currentThread().threadId() & STRIPES - 1];
    stripe.incrementAndGet();
    return stripe;
  }

  void close(Runnable then) {
    if (!drained.compareAndSet(null, then)) {
      throw new IllegalStateException("closed twice");
    }
    runIfDrained();
  }

  private void runIfDrained() {
    for (Stripe stripe : stripes) {
      if (stripe.get() != 0) {
        return;
      }
    }
    Runnable then = drained.getAndSet(NOTHING);
    if (then != null) {
      then.run();
    }
  }

  /// The count of some threads, on a cache line of its own.
  private static final class Stripe extends AtomicInteger implements Lease {
    private static final long serialVersionUID = 1L;
    private final transient LeaseCount owner;
    private final transient RouteTable table;

    @SuppressWarnings("unused") // keeps neighbours off the cache line
    private transient long a, b, c, d, e, f, g, h, i, j, k, l, m, n;

    Stripe(LeaseCount owner, RouteTable table) {
      this.owner = owner;
      this.table = table;
    }

    @Override
    public RouteTable table() {
      return table;
    }

    @Override
    public void end() {
      if (decrementAndGet() == 0 && owner.drained.get() != null) {
        owner.runIfDrained();
      }
    }
  }
}
