package dev.sluice.proxy.filter.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.filter.BodyDriver;
import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.FakeServices;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.After;
import dev.sluice.routes.spi.Verdict.Respond;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Delays, limits, queues.
class FlowTest {
  private static final FakeServices LIMITED = new FakeServices().with(dev.sluice.proxy.flag.LimitFlags.ENABLE_RATELIMITS, true);

  private static int status(Verdict verdict) {
    return verdict instanceof Respond(Answer answer) ? answer.status() : 200;
  }

  @Test
  void latencyIsOneTimerForEachResponse() throws Exception {
    Filter latency = Filters.running("latency(150.9)");
    assertThat(latency.request(FakeExchange.get("/"))).isEqualTo(Verdict.CONTINUE);
    assertThat(latency.response(FakeExchange.get("/").answered(200))).isEqualTo(new After(150_000_000, Verdict.CONTINUE));
  }

  @Test
  void throttledBodiesAreCompleteAndLate() throws BodyProblem {
    var driver = new BodyDriver(5);
    String body = "0123456789abcdef".repeat(100);
    assertThat(driver.through(new ThrottleStep(100, 1_000_000), body)).isEqualTo(body);
    assertThat(driver.paused()).isEqualTo(Duration.ofMillis(15));
  }

  @Test
  void rateLimitsShareByTheirNumbers() throws Exception {
    Filter a = Filters.running("ratelimit(2, \"1h\")", LIMITED, "a");
    Filter b = Filters.running("ratelimit(2, \"60m\", 503)", LIMITED, "b");
    Filter c = Filters.running("ratelimit(2, 3600)", LIMITED, "c");
    assertThat(status(a.request(FakeExchange.get("/")))).isEqualTo(200);
    assertThat(status(b.request(FakeExchange.get("/")))).isEqualTo(200);
    assertThat(status(c.request(FakeExchange.get("/")))).isEqualTo(429);
    Verdict denied = b.request(FakeExchange.get("/"));
    assertThat(denied).isInstanceOf(Respond.class);
    Answer answer = ((Respond) denied).answer();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsExactly(new Header("X-Rate-Limit", "2"), new Header("Retry-After", "3600"));
    LIMITED.advance(Duration.ofHours(2));
    assertThat(status(a.request(FakeExchange.get("/")))).isEqualTo(200);
  }

  @Test
  void clientsAreCountedAlone() throws Exception {
    FakeServices services = new FakeServices().with(dev.sluice.proxy.flag.LimitFlags.ENABLE_RATELIMITS, true);
    Filter filter = Filters.running("clientRatelimit(1, \"1h\")", services);
    assertThat(status(filter.request(FakeExchange.get("/", "X-Forwarded-For", "10.0.0.1")))).isEqualTo(200);
    assertThat(status(filter.request(FakeExchange.get("/", "X-Forwarded-For", "10.0.0.1, 10.0.0.9")))).isEqualTo(429);
    assertThat(status(filter.request(FakeExchange.get("/", "X-Forwarded-For", "10.0.0.2")))).isEqualTo(200);
    assertThat(status(filter.request(FakeExchange.get("/", "X-Forwarded-For", "a , b")))).as("counts as the peer").isEqualTo(200);
    assertThat(status(filter.request(FakeExchange.get("/")))).isEqualTo(429);
    Filter byHeader = Filters.running("clientRatelimit(1, \"1h\", \"X-Client\")", services);
    assertThat(status(byHeader.request(FakeExchange.get("/")))).isEqualTo(200);
    assertThat(status(byHeader.request(FakeExchange.get("/")))).as("no key: no limit").isEqualTo(200);
  }

  @Test
  void limitsNeedTheirFlag() {
    assertThatThrownBy(() -> Filters.spec("ratelimit(1, \"1h\")").create(new FakeServices(), new dev.sluice.routes.spi.Site("r", "ratelimit", 0)))
        .hasMessage("rate limit filters are off; start the gateway with -enable-ratelimits");
  }

  @Test
  void aPlaceComesBackWithTheResponseOrTheEnd() throws Exception {
    FakeServices services = new FakeServices();
    Filter fifo = Filters.running("fifo(1, 0, \"1s\")", services);
    FakeExchange first = FakeExchange.get("/");
    assertThat(status(fifo.request(first))).isEqualTo(200);
    assertThat(status(fifo.request(FakeExchange.get("/")))).isEqualTo(503);
    fifo.response(first.answered(200));
    first.end(200);
    FakeExchange second = FakeExchange.get("/");
    assertThat(status(fifo.request(second))).isEqualTo(200);
    assertThat(status(fifo.request(FakeExchange.get("/")))).isEqualTo(503);
    second.end(499);
    assertThat(status(fifo.request(FakeExchange.get("/")))).isEqualTo(200);
    Filter withBody = Filters.running("fifoWithBody(1, 0, \"1s\")", services);
    FakeExchange third = FakeExchange.get("/");
    withBody.request(third);
    withBody.response(third.answered(200));
    assertThat(status(withBody.request(FakeExchange.get("/")))).as("the body is not sent yet").isEqualTo(503);
    third.end(200);
    assertThat(status(withBody.request(FakeExchange.get("/")))).isEqualTo(200);
  }

  @Test
  void queuesGoWithTheRouteAndItsNumbers() throws Exception {
    FakeServices services = new FakeServices();
    Filters.running("fifo(1, 0, \"1s\")", services, "a").request(FakeExchange.get("/"));
    assertThat(status(Filters.running("fifo(1, 0, \"3s\")", services, "a").request(FakeExchange.get("/")))).isEqualTo(503);
    assertThat(status(Filters.running("fifo(1, 0, \"1s\")", services, "b").request(FakeExchange.get("/")))).isEqualTo(200);
    assertThat(status(Filters.running("fifo(2, 0, \"1s\")", services, "a").request(FakeExchange.get("/")))).isEqualTo(200);
  }

  @Test
  void retryTellsTheForwarder() throws Exception {
    FakeExchange x = FakeExchange.get("/");
    Filters.running("retry(3, 65536, 503, 502, 503)").request(x);
    assertThat(x.outgoing().retry).isNotNull();
    assertThat(x.outgoing().retry.max()).isEqualTo(3);
    assertThat(x.outgoing().retry.maxBody()).isEqualTo(65_536);
    assertThat(x.outgoing().retry.statuses()).containsExactly(502, 503);
    assertThat(Filters.refusal("retry(0, 0)")).containsExactly("retry: max must be from 1 to 100, not 0");
    assertThat(Filters.refusal("retry(1.5, 0)")).containsExactly("retry: max must be a whole number, not 1.5");
  }

  @Test
  void breakersNeedTheirFlag() throws Exception {
    FakeExchange off = FakeExchange.get("/");
    Filters.running("consecutiveBreaker(1)").request(off);
    assertThat(off.outgoing().gate).isNotNull();
    off.outgoing().gate.enter("a").done(false);
    assertThat(off.outgoing().gate.enter("a")).isNotNull();
    FakeServices on = new FakeServices().with(dev.sluice.proxy.flag.LimitFlags.ENABLE_BREAKERS, true);
    FakeExchange x = FakeExchange.get("/");
    Filters.running("consecutiveBreaker(1)", on).request(x);
    x.outgoing().gate.enter("a").done(false);
    assertThat(x.outgoing().gate.enter("a")).isNull();
    assertThat(x.outgoing().gate.enter("b")).isNotNull();
    assertThat(x.outgoing().gate.refusal().status()).isEqualTo(503);
  }

  @Test
  void histogramsAreChecked() {
    assertThat(Filters.refusal("histogramRequestLatency(\"0ms\", 1)")).containsExactly("histogramRequestLatency needs one more argument: buckets");
    assertThat(Filters.refusal("histogramRequestLatency(\"5ms\", 1, \"1ms\")"))
        .containsExactly("histogramRequestLatency: boundaries must grow and not be negative");
    assertThat(Filters.refusal("histogramRequestLatency(\"0ms\", 0, \"1ms\")"))
        .containsExactly("histogramRequestLatency: one weight at least must be above zero");
  }
}
