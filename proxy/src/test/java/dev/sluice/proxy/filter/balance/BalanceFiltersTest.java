package dev.sluice.proxy.filter.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.proxy.fixture.TestBackend;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceFiltersTest {
  @Test
  void theKeyIsFilledFromTheRequest() throws Exception {
    FakeExchange x = FakeExchange.get("/?t=acme", "X-Key", "7");
    Filters.running("consistentHashKey(\"${request.query.t}:${request.header.X-Key}\")").request(x);
    assertThat(x.outgoing().hashKey()).isEqualTo("acme:7");
    Filters.running("consistentHashKey(\"${request.query.none}\")").request(x);
    assertThat(x.outgoing().hashKey()).as("the earlier key stays").isEqualTo("acme:7");
  }

  @Test
  void headersAreBytesAndQueriesAreUtf8() throws Exception {
    String bytes = new String("Zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    FakeExchange x = FakeExchange.get("/?q=Zo%C3%AB", "X-Key", bytes);
    Filters.running("consistentHashKey(\"ë-${request.header.X-Key}-${request.query.q}-${id}\")").request(x.parameter("id", "日\udcff"));
    byte[] key = String.valueOf(x.outgoing().hashKey()).getBytes(StandardCharsets.ISO_8859_1);
    byte[] text = "ë-Zoë-Zoë-日".getBytes(StandardCharsets.UTF_8);
    assertThat(key).hasSize(text.length + 1).startsWith(text).endsWith((byte) 0xFF);
  }

  @Test
  void theFactorIsAtLeastOne() throws Exception {
    FakeExchange x = FakeExchange.get("/");
    Filters.running("consistentHashBalanceFactor(1.25)").request(x);
    assertThat(x.outgoing().balanceFactor()).isEqualTo(1.25);
    assertThat(Filters.refusal("consistentHashBalanceFactor(0.5)")).hasSize(1);
  }

  @Test
  void fadeInTakesMillisecondsOrADuration() {
    assertThat(Filters.spec("fadeIn(1500)")).isEqualTo(new FadeIn(Duration.ofMillis(1500), Optional.empty()));
    assertThat(Filters.spec("fadeIn(\"3m\", 1.5)")).isEqualTo(new FadeIn(Duration.ofMinutes(3), Optional.of(1.5)));
    assertThat(Filters.spec("fadeIn(\"-1s\")")).isEqualTo(new FadeIn(Duration.ofSeconds(-1), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      fadeIn() | fadeIn
      fadeIn("soon") | "soon"
      fadeIn("1m", "2") | exponent
      fadeIn("1m", 2, 3) | fadeIn
      endpointCreated("http://10.0.0.1:80") | endpointCreated
      endpointCreated("10.0.0.1:80", 1) | is no URL
      endpointCreated("no-url", 1) | must be a URL with scheme and host such as "http://10.0.0.1:8080", not "no-url"
      endpointCreated("http://10.0.0.1:80", "yesterday") | "yesterday" is no time of the form 2030-01-31T12:00:00Z
      endpointCreated("http://10.0.0.1:80", 1, 2) | endpointCreated
      """)
  void wrongArgumentsAreRefused(String call, String part) {
    assertThat(Filters.refusal(call)).singleElement().asString().contains(part);
  }

  @Test
  void endpointsAreNamedBySchemeHostAndPort() {
    EndpointCreated created = (EndpointCreated) Filters.spec("endpointCreated(\"HTTP://LocalHost:80/x\", \"2026-01-01T00:00:00Z\")");
    assertThat(created.created()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(created.names(TestBackend.endpoint("localhost", 80))).isTrue();
    assertThat(created.names(TestBackend.endpoint("localhost", 81))).isFalse();
    assertThat(((EndpointCreated) Filters.spec("endpointCreated(\"http://[::1]\", 1)")).names(TestBackend.endpoint("::1", 80))).isTrue();
    assertThat(((EndpointCreated) Filters.spec("endpointCreated(\"https://localhost\", 1)")).names(TestBackend.endpoint("localhost", 443)))
        .as("another scheme").isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "\"health\" | must be a path such as \"/health\": it begins with a slash and has no blanks, not \"health\"",
    "\"/a b\" | must be a path such as \"/health\": it begins with a slash and has no blanks, not \"/a b\"",
    "\"/a#b\" | must be a path such as \"/health\": it begins with a slash and has no blanks, not \"/a#b\"",
    "\"/\", \"every=1s\" | unknown option \"every\"; there are interval, timeout, delay, unhealthy, healthy, status, host, address, method, each followed by = and its value",
    "\"/\", \"delay=1s\", \"delay=2s\" | \"delay\" is there twice",
    "\"/\", \"interval=10\" | interval must be a duration such as \"10s\" or \"500ms\", not \"10\"",
    "\"/\", \"interval=1ms\" | interval must be from 100ms to 24h, not \"1ms\"",
    "\"/\", \"timeout=0\" | timeout must be from 1ms to 24h, not \"0\"",
    "\"/\", \"delay=-1s\" | delay must be from 0 to 24h, not \"-1s\"",
    "\"/\", \"unhealthy=0\" | unhealthy must be a whole number from 1 to 9999, not \"0\"",
    "\"/\", \"healthy=x\" | healthy must be a whole number from 1 to 9999, not \"x\"",
    "\"/\", \"status=2xx\" | status must be statuses and ranges such as \"200-299,401\", not \"2xx\"",
    "\"/\", \"status=600\" | status must be statuses and ranges such as \"200-299,401\", not \"600\"",
    "\"/\", \"host=a b\" | host must be a host such as \"shop.example.org\", not \"a b\"",
    "\"/\", \"address=8081\" | address must be a port such as \":8081\", or host and port such as \"10.0.0.1:8081\", not \"8081\"",
    "\"/\", \"address=:70000\" | address must be a port such as \":8081\", or host and port such as \"10.0.0.1:8081\", not \":70000\"",
    "\"/\", \"method=POST\" | method must be GET or HEAD, not \"POST\"",
  })
  void aCheckThatIsWrittenWrongIsRefused(String arguments, String message) {
    assertThat(Filters.refusal("endpointCheck(" + arguments + ")")).singleElement().asString().endsWith(message);
  }
}
