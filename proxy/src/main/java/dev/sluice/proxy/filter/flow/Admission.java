package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.SuccessWindow;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running form of `admissionControl`.
record Admission(AdmissionControl spec, SuccessWindow window) implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final String HEADER = "Admission-Control";
  private static final Verdict REFUSAL = new Respond(Answer.of(503, new Header(HEADER, "true")));

  @Override
  public Verdict request(Exchange x) {
    double probability = Math.min(
        spec.maxRejectProbability(), window.rejectProbability(spec.minRps(), spec.successThreshold(), spec.exponent()));
    if (probability <= 0 || ThreadLocalRandom.current().nextDouble() >= probability) {
      return Verdict.CONTINUE;
    }
    return switch (spec.mode()) {
      case ACTIVE -> REFUSAL;
      case INACTIVE -> Verdict.CONTINUE;
      case LOG_INACTIVE -> {
        LOG.info("admission control of {} would refuse a request, probability {}", spec.metricSuffix(), probability);
        yield Verdict.CONTINUE;
      }
    };
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
