package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.After;
import java.nio.ByteBuffer;

/// Passes a body on in pieces with pauses between them.
final class ThrottleStep implements BodyStep {
  private final long size;
  private final long pauseNanos;
  private long left;

  /// @param size bytes of a piece, from 1
  ThrottleStep(long size, long pauseNanos) {
    this.size = size;
    this.pauseNanos = pauseNanos;
    this.left = size;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) {
    if (!in.hasRemaining()) {
      return last ? Next.END : Next.INPUT;
    }
    if (left == 0) {
      left = size;
      if (pauseNanos > 0) {
        return Next.pause(pauseNanos);
      }
    }
    int count = (int) Math.min(left, in.remaining());
    out.pass(in.slice(in.position(), count));
    in.position(in.position() + count);
    left -= count;
    return in.hasRemaining() ? Next.ROOM : last ? Next.END : Next.INPUT;
  }

  @Override
  public long length(long before) {
    return before;
  }

  /// A filter that throttles one direction, beginning with a pause.
  static Filter filter(long size, long pauseNanos, boolean ofRequest) {
    Verdict begin = pauseNanos > 0 ? new After(pauseNanos, Verdict.CONTINUE) : Verdict.CONTINUE;
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        if (!ofRequest) {
          return Verdict.CONTINUE;
        }
        if (x.request().contentLength() != 0) {
          x.requestBody(() -> new ThrottleStep(size, pauseNanos));
        }
        return begin;
      }

      @Override
      public Verdict response(Exchange x) {
        if (ofRequest) {
          return Verdict.CONTINUE;
        }
        x.responseBody(new ThrottleStep(size, pauseNanos));
        return begin;
      }
    };
  }

  /// Pieces and pauses for a rate. Pieces are 512 bytes, more for rates at which their pause would be under 5 ms, which no timer keeps.
  static Filter ofRate(double kilobytesPerSecond, boolean ofRequest) {
    double bytesPerSecond = kilobytesPerSecond * 1024;
    long size = Math.max(512, (long) (bytesPerSecond / 200));
    return filter(size, (long) (size / bytesPerSecond * 1e9), ofRequest);
  }
}
