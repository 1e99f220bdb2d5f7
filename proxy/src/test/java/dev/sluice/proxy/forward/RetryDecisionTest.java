package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure.Kind;
import dev.sluice.routes.spi.Outgoing.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryDecisionTest {
  private static final RetryPolicy FILTER = new RetryPolicy(2, 100, new int[] {502, 503});
  private static final RetryPolicy WITHOUT_BODIES = new RetryPolicy(2, 0, new int[] {});

  @ParameterizedTest
  @CsvSource({
    // method, kind, sent, has body, replayable, remaining, retries, again
    "POST, REFUSED, NOTHING, true, true, 1, 0, true",
    "GET, REFUSED, NOTHING, false, true, 0, 0, false",
    "GET, REFUSED, NOTHING, false, true, 2, 7, true",
    "POST, CONNECT_TIMEOUT, NOTHING, false, true, 1, 0, true",
    "POST, UNRESOLVED, NOTHING, false, true, 1, 0, true",
    "POST, POOL_FULL, NOTHING, false, true, 1, 0, false",
    "GET, CLOSED, SOME, false, true, 1, 0, true",
    "GET, CLOSED, SOME, false, true, 0, 0, false",
    "PUT, CLOSED, SOME, true, true, 1, 0, false",
    "POST, CLOSED, SOME, false, true, 1, 0, false",
    "PATCH, CLOSED, SOME, false, true, 1, 0, false",
    "GET, HEADER_TIMEOUT, SOME, false, true, 1, 0, false",
    "GET, PROTOCOL, SOME, false, true, 1, 0, false",
    "GET, CLOSED, STALE_CONNECTION, false, true, 0, 0, true",
    "POST, CLOSED, STALE_CONNECTION, false, true, 3, 0, false",
    "GET, CLOSED, ANSWER_BEGUN, false, true, 1, 0, false",
    "POST, REFUSED, NOTHING, true, false, 1, 0, false",
  })
  void withoutTheFilter(
      String method, Kind kind, Sent sent, boolean hasBody, boolean replayable, int remaining, int retries, boolean again) {
    assertThat(RetryDecision.afterFailure(method, kind, sent, hasBody, replayable, remaining, retries, false, null))
        .isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, HEADER_TIMEOUT, SOME, false, 0, true",
    "GET, PROTOCOL, SOME, false, 1, true",
    "GET, CLOSED, SOME, false, 2, false",
    "PUT, CLOSED, SOME, true, 0, true",
    "POST, CLOSED, SOME, false, 0, false",
    "POST, REFUSED, NOTHING, true, 0, true",
    "GET, BACKEND_TIMEOUT, SOME, false, 0, false",
    "GET, CLIENT_GONE, SOME, false, 0, false",
  })
  void withTheFilterAndOneEndpoint(String method, Kind kind, Sent sent, boolean hasBody, int retries, boolean again) {
    assertThat(RetryDecision.afterFailure(method, kind, sent, hasBody, true, 0, retries, false, FILTER)).isEqualTo(again);
  }

  @Test
  void theFilterKeepsNoBodyUnlessItSaysHowLong() {
    assertThat(RetryDecision.afterFailure("PUT", Kind.CLOSED, Sent.SOME, true, true, 1, 0, false, WITHOUT_BODIES)).isFalse();
    assertThat(RetryDecision.afterFailure("PUT", Kind.CLOSED, Sent.SOME, false, true, 1, 0, false, WITHOUT_BODIES)).isTrue();
  }

  @Test
  void aStaleConnectionIsReplacedOnce() {
    assertThat(RetryDecision.afterFailure("GET", Kind.CLOSED, Sent.STALE_CONNECTION, false, true, 0, 1, true, null)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aRequestThatIsNotIdempotentNeverReachesTwoBackends(Kind kind) {
    for (Sent sent : new Sent[] {Sent.SOME, Sent.STALE_CONNECTION, Sent.ANSWER_BEGUN}) {
      assertThat(RetryDecision.afterFailure("POST", kind, sent, false, true, 5, 0, false, FILTER)).isFalse();
      assertThat(RetryDecision.afterFailure("PATCH", kind, sent, true, true, 5, 0, false, FILTER)).isFalse();
    }
  }

  @Test
  void aStatusIsRetriedOnlyWhenTheFilterNamesIt() {
    assertThat(RetryDecision.afterStatus("GET", 503, true, 0, FILTER)).isTrue();
    assertThat(RetryDecision.afterStatus("GET", 500, true, 0, FILTER)).isFalse();
    assertThat(RetryDecision.afterStatus("GET", 503, true, 2, FILTER)).isFalse();
    assertThat(RetryDecision.afterStatus("POST", 503, true, 0, FILTER)).isFalse();
    assertThat(RetryDecision.afterStatus("GET", 503, false, 0, FILTER)).isFalse();
    assertThat(RetryDecision.afterStatus("GET", 503, true, 0, null)).isFalse();
  }
}
