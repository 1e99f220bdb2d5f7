package dev.sluice.proxy.filter.content;

import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import java.nio.ByteBuffer;

/// Puts bytes before and behind a body.
final class WrapStep implements BodyStep {
  private final byte[] prefix;
  private final byte[] suffix;
  private int prefixed;
  private int suffixed;

  WrapStep(byte[] prefix, byte[] suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) {
    if (prefixed < prefix.length) {
      prefixed += write(prefix, prefixed, out);
      return Next.ROOM;
    }
    if (in.hasRemaining()) {
      out.pass(in.slice());
      in.position(in.limit());
      return last ? Next.ROOM : Next.INPUT;
    }
    if (!last) {
      return Next.INPUT;
    }
    suffixed += suffixed < suffix.length ? write(suffix, suffixed, out) : 0;
    return suffixed < suffix.length ? Next.ROOM : Next.END;
  }

  private static int write(byte[] bytes, int from, Room out) {
    ByteBuffer room = out.buffer();
    int count = Math.min(room.remaining(), bytes.length - from);
    room.put(bytes, from, count);
    return count;
  }

  @Override
  public long length(long before) {
    return before < 0 ? -1 : before + prefix.length + suffix.length;
  }

  static Filter filter(byte[] prefix, byte[] suffix) {
    return new Filter() {
      @Override
      public Verdict response(Exchange x) {
        x.responseBody(new WrapStep(prefix, suffix));
        return Verdict.CONTINUE;
      }
    };
  }
}
