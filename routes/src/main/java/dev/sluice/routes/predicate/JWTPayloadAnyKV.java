package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;
import java.util.Map;

/// The token is not verified, and its expiry does not count. Only claims whose value is a text can match.
@Declaration(
    name = "JWTPayloadAnyKV",
    summary = "Matches when one of the claims of the bearer token has its value",
    examples = @Example("""
        idp: JWTPayloadAnyKV("iss", "https://idp.example.org", "aud", "shop") -> inlineContent("ok") -> <shunt>;"""))
public record JWTPayloadAnyKV(@Arg(value = "Claim and value, in turn", atLeast = 2) List<String> pairs)
    implements StatelessPredicate {
  public JWTPayloadAnyKV {
    ClaimPairs.check(pairs);
  }

  @Override
  public boolean test(Request request) {
    Map<String, String> claims = JwtPayload.claims(request);
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i + 1).equals(claims.get(pairs.get(i)))) {
        return true;
      }
    }
    return false;
  }
}
