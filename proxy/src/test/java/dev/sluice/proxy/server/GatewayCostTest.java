package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.PerRequest;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Guards the whole gateway's hot path, log and metrics included: two reads, two writes, no hand-over, few bytes.
@Timeout(120)
class GatewayCostTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100);
  private static final String GET =
      "GET /some/path?with=query HTTP/1.1\r\nHost: gateway.test\r\nUser-Agent: test\r\nAccept: */*\r\nX-Request-Id: 0123456789\r\n\r\n";

  @Test
  void aProxiedRequest() throws Exception {
    PerRequest cost = measure("r: * -> BACKEND;");
    staysOnItsLoop(cost);
    assertThat(cost.bytes()).as("%s", cost).isLessThan(6000);
  }

  @Test
  void withFiltersAndAThousandRoutes() throws Exception {
    String others = IntStream.range(0, 1000)
        .mapToObj(i -> "r" + i + ": Path(\"/other/" + i + "/:x\") -> BACKEND;")
        .collect(Collectors.joining("\n"));
    PerRequest cost = measure("r: Path(\"/some/:name\") -> setRequestHeader(\"X-A\", \"1\") -> setResponseHeader(\"X-B\", \"2\") -> BACKEND;\n" + others);
    staysOnItsLoop(cost);
    assertThat(cost.bytes()).as("%s", cost).isLessThan(7000);
  }

  private static void staysOnItsLoop(PerRequest cost) {
    assertThat(cost.reads()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.writes()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.interestChanges()).as("%s", cost).isLessThan(0.01);
    assertThat(cost.handOffs()).as("%s", cost).isLessThan(0.01);
  }

  private static PerRequest measure(String routes) throws Exception {
    try (TestBackend backend = TestBackend.answering(OK);
        var gateway = GatewayHarness.start(routes.replace("BACKEND", "\"http://127.0.0.1:" + backend.port() + "\""));
        RawClient client = gateway.client()) {
      return PerRequest.measure(gateway.gateway().server(), 2000, () -> {
        client.send(GET);
        assertThat(client.body(client.head())).hasSize(100);
      });
    }
  }
}
