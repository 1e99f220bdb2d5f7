package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.ListenerFlags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each listener of `-listeners` has of its own beside the main one: TLS, times, lines.
@Timeout(60)
class FurtherListenersTest {
  private static final String EC_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

  private static GatewayHarness listening(String routes, Map<String, Object> own) throws Exception {
    Map<String, Object> all = new HashMap<>(own);
    all.putIfAbsent("address", "127.0.0.1:0");
    return GatewayHarness.start(routes, s -> s.with(ListenerFlags.LISTENERS, Map.of("own", all)));
  }

  private static GatewayHarness secured(Map<String, Object> more) throws Exception {
    Map<String, Object> tls = new HashMap<>(more);
    tls.put("certs", TestTls.file("one.crt").toString());
    tls.put("keys", TestTls.file("one.key").toString());
    return listening("all: * -> status(204) -> <shunt>;", Map.of("tls", tls));
  }

  private static InetSocketAddress own(GatewayHarness gateway) {
    return gateway.gateway().addresses().getLast();
  }

  /// What a client agrees on that limits itself.
  private static SSLSession agreed(GatewayHarness gateway, @Nullable String identity, Consumer<SSLParameters> limits) throws IOException {
    InetSocketAddress to = own(gateway);
    try (SSLSocket socket = (SSLSocket) TestTls.context(identity).getSocketFactory().createSocket(to.getAddress(), to.getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      limits.accept(parameters);
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      // With TLS 1.3 a client learns only now that it was refused.
      assertThat(new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)).contains(" 204 ");
      return socket.getSession();
    }
  }

  private static Consumer<SSLParameters> versions(String... names) {
    return parameters -> parameters.setProtocols(names);
  }

  @Test
  void versionsHaveALowestAndAHighest() throws Exception {
    try (GatewayHarness gateway = secured(Map.of("minVersion", 1.3))) {
      assertThat(agreed(gateway, null, p -> {}).getProtocol()).isEqualTo("TLSv1.3");
      assertThatThrownBy(() -> agreed(gateway, null, versions("TLSv1.2"))).isInstanceOf(IOException.class);
    }
    try (GatewayHarness gateway = secured(Map.of("maxVersion", "1.2"))) {
      assertThat(agreed(gateway, null, p -> {}).getProtocol()).isEqualTo("TLSv1.2");
      assertThatThrownBy(() -> agreed(gateway, null, versions("TLSv1.3"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void cipherSuitesAreThoseNamedOfEachKind() throws Exception {
    try (GatewayHarness gateway = secured(Map.of("ciphers", List.of(EC_128)))) {
      assertThat(agreed(gateway, null, versions("TLSv1.2")).getCipherSuite()).isEqualTo(EC_128);
      assertThat(agreed(gateway, null, p -> {}).getProtocol()).as("no suite of 1.3 is named, so all are allowed").isEqualTo("TLSv1.3");
      assertThatThrownBy(() -> agreed(gateway, null, p -> {
        p.setProtocols(new String[] {"TLSv1.2"});
        p.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
      })).isInstanceOf(IOException.class);
    }
    try (GatewayHarness gateway = secured(Map.of("ciphers", "TLS_CHACHA20_POLY1305_SHA256"))) {
      assertThat(agreed(gateway, null, p -> {}).getCipherSuite()).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    }
  }

  @Test
  void curvesAreThoseNamed() throws Exception {
    try (GatewayHarness gateway = secured(Map.of("curves", List.of("CurveP384", "P-521")))) {
      agreed(gateway, null, p -> p.setNamedGroups(new String[] {"secp384r1"}));
      assertThatThrownBy(() -> agreed(gateway, null, p -> p.setNamedGroups(new String[] {"x25519"}))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void clientsAreVerifiedAgainstTheGivenAuthoritiesWhichMayBeReplaced(@TempDir Path folder) throws Exception {
    Path ca = Files.copy(TestTls.file("wild.crt"), folder.resolve("ca.crt"));
    try (GatewayHarness gateway = secured(Map.of("clientCA", ca.toString(), "clientAuth", "RequireAndVerifyClientCert"))) {
      assertThatThrownBy(() -> agreed(gateway, "client", p -> {})).isInstanceOf(IOException.class);
      Files.copy(TestTls.file("ca.crt"), ca, StandardCopyOption.REPLACE_EXISTING);
      await().atMost(Duration.ofSeconds(5)).ignoreExceptions().until(() -> agreed(gateway, "client", p -> {}) != null);
      assertThatThrownBy(() -> agreed(gateway, null, p -> {})).isInstanceOf(IOException.class);
    }
  }

  @Test
  void certificatesAreReadAgainWhenTheyChange(@TempDir Path folder) throws Exception {
    Path certificate = Files.copy(TestTls.file("one.crt"), folder.resolve("c"));
    Path key = Files.copy(TestTls.file("one.key"), folder.resolve("k"));
    Map<String, Object> tls = Map.of("certs", certificate.toString(), "keys", key.toString());
    try (GatewayHarness gateway = listening("all: * -> <shunt>;", Map.of("tls", tls))) {
      try (RawClient client = RawClient.secure(own(gateway), "one.example", null)) {
        assertThat(client.peer()).isEqualTo(TestTls.identity("one").chain().getFirst());
      }
      Files.copy(TestTls.file("rsa.crt"), certificate, StandardCopyOption.REPLACE_EXISTING);
      await().atMost(Duration.ofSeconds(5)).until(() -> gateway.log().contains("-listeners: own: tls: the old certificates stay: "));
      Files.copy(TestTls.file("rsa.key"), key, StandardCopyOption.REPLACE_EXISTING);
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
        try (RawClient client = RawClient.secure(own(gateway), "one.example", null)) {
          assertThat(client.peer()).isEqualTo(TestTls.identity("rsa").chain().getFirst());
        }
      });
    }
  }

  @Test
  void alternativesAreSaidOnThisListenerAlone() throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nAlt-Svc: h2=\"backend:1\"\r\nContent-Length: 0\r\n\r\n");
        GatewayHarness gateway = listening("own: Path(\"/own\") -> status(204) -> <shunt>; all: * -> \"http://127.0.0.1:" + backend.port() + "\";",
            Map.of("altSvc", "h2=\":8443\"; ma=60"));
        RawClient own = RawClient.connect(own(gateway))) {
      assertThat(own.get("/")).contains("Alt-Svc: h2=\":8443\"; ma=60\n").doesNotContain("backend:1");
      assertThat(own.get("/own")).contains("Alt-Svc: h2=\":8443\"; ma=60\n");
      assertThat(gateway.get("/")).contains("Alt-Svc: h2=\"backend:1\"\n");
      assertThat(gateway.get("/own")).doesNotContain("Alt-Svc");
    }
  }

  @Test
  void itsTimesHoldForHttp2Too() throws Exception {
    Map<String, Object> settings = Map.of("protocols", List.of("http/1.1", "h2c"), "idleTimeout", "400ms", "readTimeout", "400ms");
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = listening("all: * -> \"http://127.0.0.1:" + backend.port() + "\";", settings);
        RawHttp2 client = RawHttp2.connect(own(gateway))) {
      assertThat(client.request(1, false, "POST", "/").data(1, false, "never ended").answer(1).status()).isEqualTo(408);
      long begin = System.nanoTime();
      assertThat(client.next(RawHttp2.GOAWAY).error()).isEqualTo(RawHttp2.NO_ERROR);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '\0', value = {
    "protocols ~ h2 ~ protocol h2 needs tls; write h2c for HTTP/2 without",
    "protocols ~ h2c ~ protocols must have http/1.1, which is spoken on each listener",
    "altSvc ~ h\u00e4 ~ altSvc must be the value of an Alt-Svc header, such as h2=\":8443\"",
  })
  void whatWouldHaveNoEffectIsRefused(String key, String value, String message) {
    assertThatThrownBy(() -> listening("all: * -> <shunt>;", Map.of(key, value)).close())
        .isInstanceOf(StartProblem.class).hasMessage("-listeners: own: " + message);
  }

  @Test
  void aUnixSocketHasNoPeersToAllow() {
    assertThatThrownBy(() -> listening("all: * -> <shunt>;", Map.of("address", "unix:/tmp/never", "allowCidrs", "10.0.0.0/8")).close())
        .isInstanceOf(StartProblem.class)
        .hasMessage("-listeners: own: allowCidrs means nothing for a Unix socket, whose clients have no address; its file's permissions decide");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
    "clientCA ~ ca.crt ~ clientCA needs clientAuth VerifyClientCertIfGiven or RequireAndVerifyClientCert",
    "minVersion ~ 2.0 ~ minVersion is unknown",
    "maxVersion ~ 1.1 ~ minVersion is higher than maxVersion",
    "curves ~ P-1 ~ curves: \"P-1\" is unknown here; write X25519, X448, P-256, P-384 or P-521"
  })
  void tlsThatCannotBe(String key, String value, String message) {
    assertThatThrownBy(() -> secured(Map.of(key, value)).close())
        .isInstanceOf(StartProblem.class).hasMessage("-listeners: own: tls: " + message);
  }

  @Test
  void aCipherSuiteThatIsUnknown() {
    assertThatThrownBy(() -> secured(Map.of("ciphers", "AES")).close()).isInstanceOf(StartProblem.class)
        .hasMessageStartingWith("-listeners: own: tls: ciphers: \"AES\" is unknown here; known are TLS_AES_128_GCM_SHA256, ").hasMessageContaining(EC_128);
  }
}
