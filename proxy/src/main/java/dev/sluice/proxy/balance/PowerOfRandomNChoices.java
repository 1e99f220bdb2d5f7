package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// Of two endpoints taken by chance, which may be the same one, that with fewer requests under way (Mitzenmacher: The power of two choices in randomized
/// load balancing, 1996). Weights other than 0 mean nothing.
@Declaration(
    name = "powerOfRandomNChoices",
    summary = "Takes the less busy of two endpoints chosen by chance",
    examples = @Declaration.Example("""
        r: * -> <powerOfRandomNChoices, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record PowerOfRandomNChoices() implements Algorithm {
  private static final int CHOICES = 2;

  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    return new Choices(random);
  }

  private record Choices(RandomGenerator random) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      int count = left.count();
      if (count == 0) {
        return -1;
      }
      int best = left.at(random.nextInt(count));
      for (int i = 1; i < CHOICES; i++) {
        int other = left.at(random.nextInt(count));
        best = left.inFlight(other) < left.inFlight(best) ? other : best;
      }
      return best;
    }
  }
}
