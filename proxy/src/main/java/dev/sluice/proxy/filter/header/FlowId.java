package dev.sluice.proxy.filter.header;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Sets X-Flow-Id on the request: 16 random characters of `[0-9a-zA-Z+-]`. With `"reuse"` (any case) an id of the client stays when it has 8 to 64
/// of these characters.
@Declaration(
    name = "flowId",
    summary = "Gives the request an id that follows it through systems",
    examples = @Example("""
        r: * -> flowId("reuse") -> "https://api.example.org";"""))
public record FlowId(
    @Arg("\"reuse\" keeps a valid id of the client") Optional<String> mode,
    @Arg("ignored; of an older syntax") List<LiteralNode> rest)
    implements StatelessFilter {
  private static final String HEADER = "X-Flow-Id";
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-+";

  public FlowId {
    rest = List.of(); // equal in effect
  }

  @Override
  public Verdict request(Exchange x) {
    Headers headers = x.request().headers();
    String given = headers.first(HEADER);
    if (given == null || mode.isEmpty() || !mode.get().equalsIgnoreCase("reuse") || !isValid(given)) {
      headers.set(HEADER, random());
    }
    return Verdict.CONTINUE;
  }

  private static boolean isValid(String id) {
    if (id.length() < 8 || id.length() > 64) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (ALPHABET.indexOf(id.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] id = new byte[16];
    long bits = random.nextLong();
    for (int i = 0; i < id.length; i++) {
      bits = i == 8 ? random.nextLong() : bits;
      id[i] = (byte) ALPHABET.charAt((int) (bits & 63));
      bits >>>= 6;
    }
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
