package dev.sluice.proxy.filter.content;

import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.nio.ByteBuffer;
import java.util.List;

/// What repeatContent answers: bytes repeated and cut to a length. Up to 64 KiB lie in memory, more is streamed.
final class RepeatedBytes implements Filter {
  private static final int IN_MEMORY = 64 * 1024;

  private final byte[] unit;
  private final long length;
  private final Answer begin;

  /// @param unit not empty
  /// @param length from 0
  RepeatedBytes(byte[] unit, long length) {
    this.unit = unit;
    this.length = length;
    byte[] body = new byte[(int) Math.min(length, IN_MEMORY)];
    for (int i = 0; i < body.length; i++) {
      body[i] = unit[i % unit.length];
    }
    begin = new Answer(200, List.of(), body);
  }

  @Override
  public Verdict request(Exchange x) {
    BodyStep rest = length > IN_MEMORY ? new AppendedBody(new Tail(), length) : null;
    return new Respond(rest == null ? begin : new Answer(200, begin.headers(), begin.body(), rest));
  }

  private final class Tail implements AppendedBody.Rest {
    private long at = IN_MEMORY;

    @Override
    public boolean fill(ByteBuffer room) {
      while (room.hasRemaining() && at < length) {
        int from = (int) (at % unit.length);
        int count = (int) Math.min(Math.min(unit.length - from, room.remaining()), length - at);
        room.put(unit, from, count);
        at += count;
      }
      return at < length;
    }
  }
}
