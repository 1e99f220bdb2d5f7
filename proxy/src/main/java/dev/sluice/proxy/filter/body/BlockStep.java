package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Looks for texts in a body that passes through, also across its pieces; a find breaks the body off.
final class BlockStep implements BodyStep {
  private final List<byte[]> texts;
  private final int overlap;
  private byte[] tail = {};

  BlockStep(List<byte[]> texts) {
    this.texts = texts;
    this.overlap = texts.stream().mapToInt(text -> text.length).max().orElse(1) - 1;
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) throws BodyProblem {
    if (in.hasRemaining()) {
      byte[] seen = Arrays.copyOf(tail, tail.length + in.remaining());
      in.get(in.position(), seen, tail.length, in.remaining());
      for (byte[] text : texts) {
        if (contains(seen, text)) {
          throw new BodyProblem(400, "the body holds a blocked text");
        }
      }
      tail = Arrays.copyOfRange(seen, Math.max(0, seen.length - overlap), seen.length);
      out.pass(in.slice());
      in.position(in.limit());
    }
    return last ? Next.END : Next.INPUT;
  }

  private static boolean contains(byte[] bytes, byte[] text) {
    for (int i = 0; i + text.length <= bytes.length; i++) {
      if (bytes[i] == text[0] && Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  static Filter filter(List<byte[]> texts) {
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        if (x.request().contentLength() != 0) {
          x.requestBody(() -> new BlockStep(texts));
        }
        return Verdict.CONTINUE;
      }
    };
  }
}
