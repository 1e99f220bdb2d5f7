package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.SuccessWindow;
import dev.sluice.proxy.observe.FilterLog;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;

/// Refuses a growing share of requests when too few of the last ones succeeded (a status below 499). A refusal is 503 with `Admission-Control: true`; it is not counted,
/// and neither is such an answer of another gateway. The gateway's own errors count. The modes `inactive` and `logInactive` let everything pass; the latter logs the
/// probability for each request.
/// Only the last one of a route counts.
@Declaration(
    name = "admissionControl",
    summary = "Refuses requests when too few succeed",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> admissionControl("shop", "active", "1s", 5, 10, 0.95, 0.9, 0.5) -> "https://api.example.org";"""))
public record AdmissionControl(
    @Arg("name in metrics") String metricSuffix,
    @Arg("whether it refuses") AdmissionMode mode,
    @Arg(value = "length of a slot in which answers are counted", min = 1e-9) Duration interval,
    @Arg(value = "number of slots that are looked at", min = 1, max = 100) int windowSize,
    @Arg("requests a second below which nothing is refused") double minRps,
    @Arg(value = "share of successes that is good enough", min = Double.MIN_NORMAL, max = 1) double successThreshold,
    @Arg(value = "highest share of requests that is refused", min = Double.MIN_NORMAL, max = 1) double maxRejectProbability,
    @Arg(value = "1: in proportion; below: more eagerly", min = Double.MIN_NORMAL) double exponent)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new Admission(this, new SuccessWindow(interval.toNanos(), windowSize, services.nanoTime()), FilterLog.of(services));
  }
}
