package dev.sluice.proxy.filter;

import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Feeds a body through a step in random pieces and with rooms of random size, as a gateway would under load. Prints its seed on failure.
public final class BodyDriver {
  private final Random random;
  private final long seed;
  private long paused;

  public BodyDriver(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  public static String run(BodyStep step, String body) throws BodyProblem {
    return new BodyDriver(ThreadLocalRandom.current().nextLong()).through(step, body);
  }

  public String through(BodyStep step, String body) throws BodyProblem {
    return new String(through(step, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  public byte[] through(BodyStep step, byte[] body) throws BodyProblem {
    var out = new ByteArrayOutputStream();
    int fed = 0;
    ByteBuffer in = ByteBuffer.allocate(0);
    boolean last = false;
    try (step) {
      for (int calls = 0; calls < 1_000_000; calls++) {
        var room = new RandomRoom();
        Next next = step.step(in, last, room);
        room.drainTo(out);
        paused += next.kind() == Next.Kind.PAUSE ? next.nanos() : 0;
        if (next.kind() == Next.Kind.END) {
          return out.toByteArray();
        }
        if (next.kind() == Next.Kind.INPUT) {
          if (last) {
            throw new AssertionError("asked for input behind the last, seed " + seed);
          }
          int count = Math.min(body.length - fed, 1 + random.nextInt(random.nextBoolean() ? 8 : 5000));
          ByteBuffer joined = ByteBuffer.allocate(in.remaining() + count);
          joined.put(in).put(body, fed, count).flip();
          fed += count;
          in = joined;
          last = fed == body.length && random.nextInt(4) > 0 || fed == body.length && count == 0;
        }
      }
    } catch (BodyProblem e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("seed " + seed, e);
    }
    throw new AssertionError("does not end, seed " + seed);
  }

  /// Sum of the pauses that the step asked for.
  public Duration paused() {
    return Duration.ofNanos(paused);
  }

  private final class RandomRoom implements Room {
    private @Nullable ByteBuffer buffer;
    private @Nullable ByteBuffer passed;

    @Override
    public ByteBuffer buffer() {
      if (buffer == null) {
        buffer = ByteBuffer.allocate(64 + random.nextInt(1000));
      }
      return buffer;
    }

    @Override
    public void pass(ByteBuffer slice) {
      passed = slice;
    }

    void drainTo(ByteArrayOutputStream out) {
      ByteBuffer from = passed != null ? passed : buffer == null ? ByteBuffer.allocate(0) : buffer.flip();
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      out.writeBytes(bytes);
    }
  }
}
