package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Outgoing.RetryPolicy;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import java.util.List;

/// Tries a request again: when the backend cannot be reached, closes without an answer, or answers with one of the statuses. Only idempotent
/// methods, or any method when no byte was sent yet; a body only when it is no longer than `maxBody`. When all tries fail the
/// client gets the last answer, or 502.
@Declaration(
    name = "retry",
    summary = "Tries failed requests again, at another endpoint if there is one",
    examples = @Example("""
        r: * -> retry(3, 65536, 502, 503) -> <roundRobin, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record Retry(
    @Arg(value = "further tries, from 1 to 100", min = 1, max = 100, whole = true) int max,
    @Arg(value = "longest body in bytes that is kept for it; 0: only requests without one", min = 0, whole = true) long maxBody,
    @Arg(value = "statuses of the backend that count as failures, from 100 to 599", min = 100, max = 599, whole = true)
        List<Integer> statuses)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    int[] sorted = statuses.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
    var policy = new RetryPolicy(max, maxBody, sorted);
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        x.outgoing().retry(policy);
        return Verdict.CONTINUE;
      }
    };
  }
}
