package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.JettyBackend;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.Relay;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.server.StartProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Routes whose backends are called in another way: by scheme, or by the settings that `backendClient` names.
@Timeout(60)
class BackendClientsTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  /// Answers with protocol, target and body, and repeats the request's trailer.
  private JettyBackend jetty(boolean tls) throws IOException {
    JettyBackend backend = new JettyBackend(tls, 100, new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String text = request.getConnectionMetaData().getHttpVersion() + " " + request.getHttpURI().getPathQuery() + " "
            + request.getHttpURI().getAuthority() + " " + request.getHeaders().get("TE") + " " + Content.Source.asString(request);
        HttpFields trailers = request.getTrailers();
        if (trailers != null) {
          response.setTrailersSupplier(() -> trailers);
        }
        response.write(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), callback);
        return true;
      }
    });
    open.add(backend);
    return backend;
  }

  private GatewayHarness gateway(String routes, Map<String, Object> clients) throws Exception {
    GatewayHarness gateway = GatewayHarness.start(routes, settings -> settings
        .with(BackendFlags.BACKEND_CLIENTS, clients).with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0"));
    open.add(gateway);
    return gateway;
  }

  private static String post(GatewayHarness gateway) throws IOException {
    try (RawClient client = gateway.client()) {
      client.send("POST /a//b%7e?x|y HTTP/1.1\r\nHost: a.test\r\nTE: trailers, gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-T: 7\r\n\r\n");
      String head = client.head();
      return client.body(head) + " " + client.trailers().strip().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static String metrics(GatewayHarness gateway) throws Exception {
    int port = gateway.gateway().adminAddress().getPort();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body().replaceAll("\\s", "");
    }
  }

  @Test
  void theSchemeH2cIsHttp2WithTrailersBothWays() throws Exception {
    GatewayHarness gateway = gateway("r: * -> \"" + jetty(false).endpoint("h2c").text() + "\";", Map.of());
    assertThat(post(gateway)).startsWith("HTTP/2.0 /a//b%7e?x|y 127.0.0.1:").endsWith(" trailers hi x-t: 7");
    assertThat(metrics(gateway)).contains("outgoing.HTTP/2.0\":{\"count\":1}").doesNotContain("outgoing.HTTP/1.1\":{\"count\":1}");
  }

  @Test
  void aClientMayAgreeOnHttp2ByTls() throws Exception {
    GatewayHarness gateway = gateway(
        "r: * -> backendClient(\"grpc\") -> \"" + jetty(true).endpoint("https").text() + "\";",
        Map.of("grpc", Map.of("protocol", "h2", "tls", Map.of("ca", TestTls.file("ca.crt").toString()))));
    assertThat(post(gateway)).startsWith("HTTP/2.0 ").endsWith(" trailers hi x-t: 7");
  }

  @Test
  void httpsIsHttp1UnlessAClientSaysOtherwise() throws Exception {
    GatewayHarness gateway = gateway(
        "r: * -> backendClient(\"plain\") -> \"" + jetty(true).endpoint("https").text() + "\";",
        Map.of("plain", Map.of("tls", Map.of("ca", TestTls.file("ca.crt").toString()))));
    assertThat(post(gateway)).startsWith("HTTP/1.1 ");
  }

  @Test
  void aClientMayComeByAUnixSocket(@TempDir Path folder) throws Exception {
    TestBackend backend = TestBackend.echo();
    open.add(backend);
    Path socket = folder.resolve("socket");
    open.add(Relay.unix(socket, backend.port()));
    GatewayHarness gateway = gateway("r: * -> backendClient(\"local\") -> \"http://app.test\";", Map.of("local", Map.of("unixSocket", socket.toString())));
    assertThat(gateway.get("/x")).contains("GET /x HTTP/1.1\nHost: app.test\n");
  }

  @Test
  void aClientMayGoThroughAForwardProxy() throws Exception {
    TestBackend proxy = TestBackend.echo();
    open.add(proxy);
    GatewayHarness gateway = gateway(
        "r: * -> backendClient(\"out\") -> \"http://far.test\";", Map.of("out", Map.of("proxy", "http://127.0.0.1:" + proxy.port())));
    assertThat(gateway.get("/x?y")).contains("GET http://far.test/x?y HTTP/1.1\nHost: far.test\n");
  }

  @Test
  void aBackendMayBeAForwardProxy() throws Exception {
    TestBackend proxy = TestBackend.echo();
    open.add(proxy);
    GatewayHarness gateway = gateway("r: * -> preserveHost(\"true\") -> backendIsProxy() -> \"" + proxy.endpoint().text() + "\";", Map.of());
    assertThat(gateway.get("/x?y")).contains("GET http://gateway.test/x?y HTTP/1.1\nHost: gateway.test\n");
  }

  @Test
  void aClientHasConnectionsAndLimitsOfItsOwn() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      connection.rest();
    });
    open.add(backend);
    GatewayHarness gateway = gateway("r: * -> backendClient(\"quick\") -> \"" + backend.endpoint().text() + "\";",
        Map.of("quick", Map.of("responseHeaderTimeout", "200ms", "maxConnections", 1)));
    assertThat(gateway.get("/")).startsWith("HTTP/1.1 504");
  }

  @Test
  void anUnknownClientMakesItsRouteInvalid() throws Exception {
    GatewayHarness gateway = gateway("r: * -> backendClient(\"none\") -> \"http://a.test\"; s: Path(\"/s\") -> status(204) -> <shunt>;", Map.of());
    assertThat(gateway.get("/")).startsWith("HTTP/1.1 404");
    assertThat(gateway.get("/s")).startsWith("HTTP/1.1 204");
    assertThat(gateway.log()).contains("unknown backend client \"none\": -backend-clients has no such name");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "protocol              | spdy      | protocol: \"spdy\" is unknown; write http/1.1, h2 or h2c",
    "proxy                 | socks5://a| proxy: a proxy is spoken to by http alone; write http://HOST:PORT",
    "dialTimeout           | soon      | dialTimeout: must be a duration such as \"1m30s\" (units ns, us, ms, s, m, h), not \"soon\"",
    "idleTimeout           | -1s       | idleTimeout: must not be negative",
    "maxConnections        | many      | maxConnections: must be a whole number from 0, not \"many\"",
    "tls                   | yes       | tls: must be a mapping of names to values",
    "certificate           | x         | \"certificate\" is unknown",
    "localAddress          | here      | localAddress: must be an address such as 10.0.0.1, not \"here\""
  })
  void badSettingsStopTheStart(String name, String value, String problem) {
    assertThatThrownBy(() -> gateway("r: * -> <shunt>;", Map.of("c", Map.of(name, value))))
        .isInstanceOf(StartProblem.class).hasMessage("-backend-clients: c: " + problem);
  }
}
