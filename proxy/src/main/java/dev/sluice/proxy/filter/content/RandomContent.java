package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Answers 200 with random letters and digits; zero or less: none. No content type; later filters do not run.
@Declaration(
    name = "randomContent",
    summary = "Answers with random letters and digits",
    answers = true,
    examples = @Example("""
        r: * -> randomContent(42) -> <shunt>;"""))
public record RandomContent(@Arg("length of the body in bytes") long length) implements FilterSpec {
  private static final int IN_MEMORY = 16 * 1024;
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Filter create(Services services, Site site) {
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        byte[] body = new byte[(int) Math.clamp(length, 0, IN_MEMORY)];
        fill(ByteBuffer.wrap(body), body.length);
        BodyStep rest = length > IN_MEMORY ? new AppendedBody(new Tail(length - IN_MEMORY), -1) : null;
        return new Respond(new Answer(200, List.of(), body, rest));
      }
    };
  }

  private static void fill(ByteBuffer room, int count) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < count; i++) {
      room.put(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
  }

  private static final class Tail implements AppendedBody.Rest {
    private long left;

    Tail(long left) {
      this.left = left;
    }

    @Override
    public boolean fill(ByteBuffer room) {
      int count = (int) Math.min(room.remaining(), left);
      RandomContent.fill(room, count);
      left -= count;
      return left > 0;
    }
  }
}
