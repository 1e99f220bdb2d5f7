package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.TlsFlags;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// HTTP/2 over TLS, and requests on connections that were secured for others.
@Timeout(60)
class Http2TlsTest {
  private static GatewaySettings with(GatewaySettings settings, String... identities) {
    return settings.with(TlsFlags.TLS_CERT, Stream.of(identities).map(name -> TestTls.file(name + ".crt").toString()).toList())
        .with(TlsFlags.TLS_KEY, Stream.of(identities).map(name -> TestTls.file(name + ".key").toString()).toList());
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", TestTls.authority());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void aClientThatOffersBothGetsHttp2() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";",
            s -> with(s, "one").with(RequestFlags.FORWARDED_HEADERS, List.of("X-Forwarded-Proto=auto")));
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).connectTimeout(Duration.ofSeconds(10)).build()) {
      URI uri = URI.create("https://localhost:" + gateway.address().getPort() + "/up");
      HttpRequest request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("hello".repeat(10_000))).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("POST /up HTTP/1.1\n").contains("X-Forwarded-Proto: https\n").endsWith("hello".repeat(10_000));
      try (HttpClient older = HttpClient.newBuilder().sslContext(trusting()).version(HttpClient.Version.HTTP_1_1).build()) {
        assertThat(older.send(request, HttpResponse.BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      }
    }
  }

  @Test
  void aClientThatOffersNothingGetsHttp11AndOneThatOffersSomethingElseAnAlert() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hi\") -> <shunt>;", s -> with(s, "one"))) {
      try (RawClient client = RawClient.secure(gateway.address(), "one.example", null)) {
        assertThat(client.get("/")).endsWith("\nhi");
      }
      assertThatThrownBy(() -> offering(gateway.address(), "spdy/3").startHandshake()).isInstanceOf(SSLHandshakeException.class);
      try (SSLSocket socket = offering(gateway.address(), "http/1.1", "h2")) {
        socket.startHandshake();
        assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
      }
    }
  }

  /// RFC 9113 §9.2.2: such suites are not for HTTP/2.
  @Test
  void aWeakCipherSuiteGetsHttp11() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <shunt>;", s -> with(s, "rsa"));
        SSLSocket socket = offering(gateway.address(), "h2", "http/1.1")) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"});
      socket.startHandshake();
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  private static SSLSocket offering(InetSocketAddress address, String... protocols) throws Exception {
    SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket(new Socket(address.getAddress(), address.getPort()), "x", address.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void priorKnowledgeIsForConnectionsWithoutTls() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <shunt>;",
        s -> with(s, "one").with(ListenerFlags.INSECURE_ADDRESS, "127.0.0.1:0").with(ListenerFlags.ENABLE_H2C_SERVER, true))) {
      try (RawHttp2 client = RawHttp2.connect(gateway.gateway().addresses().getLast())) {
        assertThat(client.get(1, "/").answer(1).status()).isEqualTo(404);
      }
      try (RawClient client = RawClient.secure(gateway.address(), "one.example", null)) {
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 505 ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
      // asked for, host, status
      "one.example, one.example, 200",
      "one.example, ONE.example.:443, 200",
      "one.example, rsa.example, 421",
      "rsa.example, one.example:8443, 421",
      "one.example, www.two.example, 421",
      "www.two.example, other.two.example, 200",
      "one.example, localhost, 200",
      "one.example, nobody.example, 200",
      "nobody.example, one.example, 200",
      "nobody.example, rsa.example, 421",
  })
  void aHostThatHasAnotherCertificateIsMisdirected(String name, String host, int status) throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hi\") -> <shunt>;", s -> with(s, "one", "rsa", "wild"))) {
      try (RawHttp2 client = RawHttp2.secure(gateway.address(), name)) {
        assertThat(client.headers(1, true, ":method: GET", ":scheme: https", ":path: /", ":authority: " + host).answer(1).status()).isEqualTo(status);
        assertThat(client.headers(3, true, ":method: GET", ":scheme: https", ":path: /", ":authority: " + name).answer(3).status()).isEqualTo(200);
      }
      try (RawClient client = RawClient.secure(gateway.address(), name, null)) {
        client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 " + status + " ");
        assertThat(client.body(head)).isEqualTo(status == 200 ? "hi" : "Misdirected Request\n");
      }
    }
  }

  @Test
  void withOneCertificateEveryHostMayBeAskedFor() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hi\") -> <shunt>;", s -> with(s, "one"));
        RawHttp2 client = RawHttp2.secure(gateway.address(), "one.example")) {
      assertThat(client.headers(1, true, ":method: GET", ":scheme: https", ":path: /", ":authority: rsa.example").answer(1).status()).isEqualTo(200);
    }
  }

  @Test
  void furtherListenersSpeakWhatTheyAreToldTo() throws Exception {
    var listeners = new java.util.LinkedHashMap<String, Object>();
    listeners.put("clear", java.util.Map.of("address", "127.0.0.1:0", "protocols", List.of("http/1.1", "h2c")));
    listeners.put("older", java.util.Map.of("address", "127.0.0.1:0", "protocols", List.of("http/1.1")));
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <shunt>;",
        s -> s.with(ListenerFlags.LISTENERS, listeners).with(ListenerFlags.ENABLE_H2C_SERVER, true))) {
      List<InetSocketAddress> addresses = gateway.gateway().addresses();
      try (RawHttp2 client = RawHttp2.connect(addresses.get(1))) {
        assertThat(client.get(1, "/").answer(1).status()).isEqualTo(404);
      }
      try (RawClient client = RawClient.connect(addresses.get(2))) {
        client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 505 ");
      }
    }
  }
}
