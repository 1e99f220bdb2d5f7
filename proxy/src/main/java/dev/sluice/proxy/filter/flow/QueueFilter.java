package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.WaitQueue;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The running form of the fifo and lifo filters. Place it before filters that cost much: a request takes its place when it comes here.
///
/// @param withBody the place is held until the last byte was sent, instead of until the response head
final class QueueFilter implements Filter {
  /// The tickets of this exchange, the last one taken first: a route may be passed more than once through a loopback.
  private static final Key<Held> HELD = Key.of("limit.tickets", Held.class);

  private final WaitQueue queue;
  private final LongSupplier waitNanos;
  private final boolean withBody;

  /// @param waitNanos longest wait, asked for each request
  QueueFilter(WaitQueue queue, LongSupplier waitNanos, boolean withBody) {
    this.queue = queue;
    this.waitNanos = waitNanos;
    this.withBody = withBody;
  }

  @Override
  public Verdict request(Exchange x) {
    var ticket = new WaitQueue.Ticket(queue);
    Verdict verdict = queue.take(ticket, waitNanos.getAsLong());
    if (verdict instanceof Respond) {
      return verdict;
    }
    if (!withBody) {
      x.put(HELD, new Held(ticket, x.get(HELD)));
    }
    x.atEnd(outcome -> ticket.release());
    return verdict;
  }

  @Override
  public Verdict response(Exchange x) {
    if (withBody) {
      return Verdict.CONTINUE;
    }
    for (Held held = x.get(HELD); held != null; held = held.earlier) {
      if (held.ticket.queue() == queue && !held.released) {
        held.released = true;
        held.ticket.release();
        break;
      }
    }
    return Verdict.CONTINUE;
  }

  @Override
  public boolean seesGatewayErrors() {
    return true;
  }

  private static final class Held {
    final WaitQueue.Ticket ticket;
    final @Nullable Held earlier;
    boolean released;

    Held(WaitQueue.Ticket ticket, @Nullable Held earlier) {
      this.ticket = ticket;
      this.earlier = earlier;
    }
  }
}
