package dev.sluice.routes.predicate;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Sees the first line of the header only; an empty value never matches. The hashes are compared in constant time.
@Declaration(
    name = "HeaderSHA256",
    summary = "Matches when the SHA-256 hash of a header's value is one of the list",
    examples = @Example("""
        key: HeaderSHA256("X-Key", "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b")
          -> inlineContent("ok") -> <shunt>;"""))
public record HeaderSHA256(
    @Arg("Name, in any case") HeaderName name,
    @Arg(value = "Hash as 64 hexadecimal digits", atLeast = 1) List<String> hashes)
    implements PredicateSpec {
  private static final int DIGITS = 64;

  public HeaderSHA256 {
    for (int i = 0; i < hashes.size(); i++) {
      if (hashes.get(i).length() != DIGITS || !hashes.get(i).chars().allMatch(HexFormat::isHexDigit)) {
        throw new ArgumentProblem(i + 1, "a hash must have 64 hexadecimal digits");
      }
    }
  }

  @Override
  public RoutePredicate create(Services services) {
    byte[][] known = hashes.stream().map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    return request -> isKnown(request, known);
  }

  private boolean isKnown(Request request, byte[][] known) {
    String value = request.headers().first(name.name());
    if (value == null || value.isEmpty()) {
      return false;
    }
    byte[] hash = sha256(value);
    boolean found = false;
    for (byte[] each : known) {
      found |= MessageDigest.isEqual(each, hash);
    }
    return found;
  }

  private static byte[] sha256(String value) {
    boolean latin = value.chars().allMatch(c -> c < 256);
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(value.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
