package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.SuccessWindow;
import dev.sluice.proxy.observe.FilterLog;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// The running form of `admissionControl`.
record Admission(AdmissionControl spec, SuccessWindow window, FilterLog log) implements Filter {
  private static final String HEADER = "Admission-Control";
  private static final Verdict REFUSAL = new Respond(Answer.of(503, new Header(HEADER, "true")));

  @Override
  public Verdict request(Exchange x) {
    double probability = Math.min(
        spec.maxRejectProbability(), window.rejectProbability(spec.minRps(), spec.successThreshold(), spec.exponent()));
    double chance = ThreadLocalRandom.current().nextDouble();
    if (spec.mode() == AdmissionMode.LOG_INACTIVE) {
      // For each request, in Skipper's words.
      log.info(String.format(Locale.ROOT, "admissionControl: p: %.2f, r: %.2f", probability, chance));
    }
    return probability > chance && spec.mode() == AdmissionMode.ACTIVE ? REFUSAL : Verdict.CONTINUE;
  }

  @Override
  public Verdict response(Exchange x) {
    if (!"true".equals(x.response().headers().first(HEADER))) {
      window.count(x.response().status() < 499);
    }
    return Verdict.CONTINUE;
  }

  @Override
  public boolean seesGatewayErrors() {
    return true;
  }
}
