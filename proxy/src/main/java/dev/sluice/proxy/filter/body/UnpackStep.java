package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Unpacks gzip (RFC 1952, several members too) or raw deflate (RFC 1951). A broken body is a problem, never a short one; a bomb is stopped by
/// its ratio.
final class UnpackStep implements BodyStep {
  /// Output beyond which the ratio is looked at, and the highest ratio then.
  private static final long HARMLESS = 64L * 1024 * 1024;
  private static final long MOST_RATIO = 400;

  private enum State {
    HEAD,
    DATA,
    TRAILER
  }

  private final boolean gzip;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private State state;
  private boolean any;
  private long read;
  private long written;

  UnpackStep(boolean gzip) {
    this.gzip = gzip;
    this.state = gzip ? State.HEAD : State.DATA;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) throws BodyProblem {
    while (true) {
      switch (state) {
        case HEAD -> {
          if (!in.hasRemaining() && last) {
            return Next.END;
          }
          int length = GzipHead.length(in, last);
          if (length < 0) {
            return Next.INPUT;
          }
          in.position(in.position() + length);
          any = true;
          inflater.reset();
          crc.reset();
          state = State.DATA;
        }
        case DATA -> {
          Next next = inflate(in, last, out.buffer());
          if (next != null) {
            return next;
          }
        }
        case TRAILER -> {
          if (in.remaining() < 8) {
            if (last) {
              throw broken("ends in its trailer");
            }
            return Next.INPUT;
          }
          if (Integer.reverseBytes(in.getInt()) != (int) crc.getValue()
              || Integer.reverseBytes(in.getInt()) != (int) inflater.getBytesWritten()) {
            throw broken("does not have the checksum that it says");
          }
          state = State.HEAD;
        }
      }
    }
  }

  /// Null: on with the next state.
  private @Nullable Next inflate(ByteBuffer in, boolean last, ByteBuffer room) throws BodyProblem {
    if (!in.hasRemaining() && last && !any && inflater.getBytesRead() == 0) {
      return Next.END; // an empty body is what it is
    }
    int before = in.remaining();
    int start = room.position();
    try {
      inflater.setInput(in);
      inflater.inflate(room);
    } catch (DataFormatException e) {
      throw broken(e.getMessage() == null ? "is no packed content" : e.getMessage());
    }
    crc.update(room.duplicate().flip().position(start));
    read += before - in.remaining();
    written += room.position() - start;
    if (written > HARMLESS && written / Math.max(1, read) > MOST_RATIO) {
      throw broken("unpacks to more than " + MOST_RATIO + " times its size");
    }
    if (inflater.finished()) {
      if (gzip) {
        state = State.TRAILER;
        return null;
      }
      in.position(in.limit());
      return last ? Next.END : Next.INPUT;
    }
    if (!room.hasRemaining()) {
      return Next.ROOM;
    }
    if (last && !in.hasRemaining()) {
      if (room.position() > start) {
        return Next.ROOM; // what is there goes out first
      }
      throw broken("ends too early");
    }
    return Next.INPUT;
  }

  private static BodyProblem broken(String why) {
    return new BodyProblem(502, "packed body " + why);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
