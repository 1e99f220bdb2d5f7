package dev.sluice.routes.predicate;

import dev.sluice.grammar.ByteText;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keys are case-sensitive; values are compared decoded. Members that are malformed are passed over, properties do not count.
@Declaration(
    name = "OTelBaggage",
    summary = "Matches when the baggage header has the member, optionally with that value",
    examples = @Example("""
        blue: OTelBaggage("tenant", "blue") -> inlineContent("blue") -> <shunt>;"""))
public record OTelBaggage(@Arg("Key of the member") String key, @Arg("Its value; empty for any") Optional<String> value)
    implements StatelessPredicate {
  public OTelBaggage {
    if (key.isEmpty()) {
      throw new ArgumentProblem(0, "the key must not be empty");
    }
  }

  @Override
  public boolean test(Request request) {
    List<String> lines = request.headers().all("baggage");
    for (int i = 0; i < lines.size(); i++) {
      for (String member : lines.get(i).split(",")) {
        String found = valueIn(member);
        if (found != null && (value.isEmpty() || value.get().isEmpty() || value.get().equals(found))) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable String valueIn(String member) {
    int properties = member.indexOf(';');
    String pair = properties < 0 ? member : member.substring(0, properties);
    int equals = pair.indexOf('=');
    return equals > 0 && pair.substring(0, equals).strip().equals(key) ? decode(pair.substring(equals + 1).strip()) : null;
  }

  private static @Nullable String decode(String text) {
    byte[] bytes = ByteText.encode(text);
    int count = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean escape = bytes[i] == '%';
      if (escape && (i + 2 >= bytes.length || Character.digit(bytes[i + 1], 16) < 0 || Character.digit(bytes[i + 2], 16) < 0)) {
        return null;
      }
      bytes[count++] = escape ? (byte) (Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16)) : bytes[i];
      i += escape ? 2 : 0;
    }
    return ByteText.decode(bytes, 0, count);
  }
}
