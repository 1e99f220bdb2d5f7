package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// Keeps a client busy: answers 200 and then a blank in each interval, without end.
@Declaration(
    name = "tarpit",
    summary = "Answers with a blank now and then, without end",
    answers = true,
    examples = @Example("""
        r: * -> tarpit("1s") -> <shunt>;"""))
public record Tarpit(@Arg(value = "time between two blanks", min = 0) Duration interval) implements FilterSpec {
  private static final byte[] BLANK = {' '};

  @Override
  public Filter create(Services services, Site site) {
    long nanos = Math.max(1_000_000, interval.toNanos());
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        return new Respond(new Answer(200, List.of(), BLANK, new Endless(nanos)));
      }
    };
  }

  private static final class Endless implements BodyStep {
    private final long nanos;
    private boolean waited;

    Endless(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public Next step(ByteBuffer in, boolean last, Room out) {
      in.position(in.limit());
      waited = !waited;
      if (waited) {
        return Next.pause(nanos);
      }
      out.buffer().put((byte) ' ');
      return Next.ROOM;
    }
  }
}
