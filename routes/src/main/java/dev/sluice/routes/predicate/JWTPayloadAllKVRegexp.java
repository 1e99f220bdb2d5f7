package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.util.List;
import java.util.Map;

/// The token is not verified, and its expiry does not count. Only claims whose value is a text can match.
@Declaration(
    name = "JWTPayloadAllKVRegexp",
    summary = "Matches when each of the claims of the bearer token contains a match of its expression",
    examples = @Example("""
        staff: JWTPayloadAllKVRegexp("email", /@example[.]org$/) -> inlineContent("ok") -> <shunt>;"""))
public record JWTPayloadAllKVRegexp(@Arg(value = "Claim and expression, in turn", atLeast = 2) List<String> pairs)
    implements PredicateSpec {
  public JWTPayloadAllKVRegexp {
    ClaimPairs.check(pairs);
    for (int i = 1; i < pairs.size(); i += 2) {
      try {
        Regex.of(pairs.get(i));
      } catch (ArgumentProblem problem) {
        throw new ArgumentProblem(i, "\"" + pairs.get(i) + "\" " + problem.getMessage());
      }
    }
  }

  @Override
  public RoutePredicate create(Services services) {
    List<String> keys = ClaimPairs.keys(pairs);
    List<Regex> expressions = ClaimPairs.values(pairs).stream().map(Regex::of).toList();
    return request -> matches(request, keys, expressions);
  }

  private static boolean matches(Request request, List<String> keys, List<Regex> expressions) {
    Map<String, String> claims = JwtPayload.claims(request);
    for (int i = 0; i < keys.size(); i++) {
      String value = claims.get(keys.get(i));
      if (value == null || !expressions.get(i).find(value)) {
        return false;
      }
    }
    return true;
  }
}
