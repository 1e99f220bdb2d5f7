package dev.sluice.routes.spi;

import java.nio.ByteBuffer;

/// A streaming change of a body, shaped like [java.nio.charset.CharsetEncoder]: bounded input, bounded room, so that a bomb cannot grow and
/// backpressure is the driver's matter.
public interface BodyStep extends AutoCloseable {
  /// Called only when the output of the call before was taken. Reads from `in` what it likes; what it leaves comes again.
  ///
  /// @param last no input follows behind `in`
  /// @return INPUT: give me more; ROOM: give me more room; PAUSE: call again after `nanos`; END: the output is complete
  /// @throws BodyProblem the body is broken or too large
  Next step(ByteBuffer in, boolean last, Room out) throws BodyProblem;

  /// Length of the output for an input of this length (-1: unknown), or -1 when it cannot be told beforehand.
  default long length(long before) {
    return -1;
  }

  /// Always called, also when the exchange was broken off.
  @Override
  default void close() {}

  /// Where output goes.
  interface Room {
    /// A buffer to write to, at most 16 KiB; what was put there is the output.
    ByteBuffer buffer();

    /// Passes on a slice of `in` without a copy. Not together with [#buffer] in one step.
    void pass(ByteBuffer slice);
  }

  record Next(Kind kind, long nanos) {
    public static final Next INPUT = new Next(Kind.INPUT, 0);
    public static final Next ROOM = new Next(Kind.ROOM, 0);
    public static final Next END = new Next(Kind.END, 0);

    public static Next pause(long nanos) {
      return new Next(Kind.PAUSE, nanos);
    }

    public enum Kind {
      INPUT,
      ROOM,
      PAUSE,
      END
    }
  }
}
