package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Percent;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;

/// A request draws one number, which all these predicates compare, also after a loopback: routes whose segments lie side by side
/// share all requests. Weighs nothing, so a route without it at the same place ties with it.
@Declaration(
    name = "TrafficSegment",
    summary = "Matches requests whose random number lies in a segment between 0 and 1",
    examples = @Example("""
        a: Path("/x") && TrafficSegment(0.0, 0.5) -> inlineContent("a") -> <shunt>;
        b: Path("/x") && TrafficSegment(0.5, 1.0) -> inlineContent("b") -> <shunt>;"""))
public record TrafficSegment(@Arg("Lowest number") Percent min, @Arg("Lowest number that does not match any more") Percent max)
    implements PredicateSpec {
  private static final Key<Double> NUMBER = Key.of("trafficSegment", Double.class);

  public TrafficSegment {
    if (min.share() > max.share()) {
      throw new ArgumentProblem("min must not be greater than max");
    }
  }

  @Override
  public RoutePredicate create(Services services) {
    Chance random = Chance.of(services);
    return request -> {
      double number = number(request, random);
      return min.share() <= number && number < max.share();
    };
  }

  @Override
  public int weight() {
    return 0;
  }

  private static double number(Request request, Chance random) {
    Attributes attributes = request.attributes();
    Double drawn = attributes.get(NUMBER);
    if (drawn == null) {
      drawn = random.next();
      attributes.put(NUMBER, drawn);
    }
    return drawn;
  }
}
