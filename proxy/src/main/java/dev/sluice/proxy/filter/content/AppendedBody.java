package dev.sluice.proxy.filter.content;

import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Sends more bytes behind the input: how an answer that is too large for memory is streamed.
final class AppendedBody implements BodyStep {
  /// Gives the bytes of the rest.
  interface Rest extends AutoCloseable {
    /// Fills the buffer with the next bytes; false when there are no more.
    boolean fill(ByteBuffer room) throws IOException;

    @Override
    default void close() {}
  }

  private final Rest rest;
  private final long total;

  /// @param total length of input and rest together; -1 when it shall not be said
  AppendedBody(Rest rest, long total) {
    this.rest = rest;
    this.total = total;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) throws BodyProblem {
    if (in.hasRemaining()) {
      out.pass(in.slice());
      in.position(in.limit());
      return last ? Next.ROOM : Next.INPUT;
    }
    if (!last) {
      return Next.INPUT;
    }
    try {
      return rest.fill(out.buffer()) ? Next.ROOM : Next.END;
    } catch (IOException e) {
      throw new BodyProblem(502, "cannot read the content: " + e.getMessage());
    }
  }

  @Override
  public long length(long before) {
    return total;
  }

  @Override
  public void close() {
    rest.close();
  }
}
