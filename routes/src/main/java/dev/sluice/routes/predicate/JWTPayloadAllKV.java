package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;
import java.util.Map;

/// The token is not verified, and its expiry does not count. Only claims whose value is a text can match; one claim with two
/// different values never does.
@Declaration(
    name = "JWTPayloadAllKV",
    summary = "Matches when each of the claims of the bearer token has its value",
    examples = @Example("""
        idp: JWTPayloadAllKV("iss", "https://idp.example.org", "aud", "shop") -> inlineContent("ok") -> <shunt>;"""))
public record JWTPayloadAllKV(@Arg(value = "Claim and value, in turn", atLeast = 2) List<String> pairs)
    implements StatelessPredicate {
  public JWTPayloadAllKV {
    ClaimPairs.check(pairs);
  }

  @Override
  public boolean test(Request request) {
    Map<String, String> claims = JwtPayload.claims(request);
    for (int i = 0; i < pairs.size(); i += 2) {
      if (!pairs.get(i + 1).equals(claims.get(pairs.get(i)))) {
        return false;
      }
    }
    return true;
  }
}
