package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.TlsFlags;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The flags of TLS.
@Timeout(60)
class TlsGatewayTest {
  private static GatewaySettings tls(GatewaySettings settings, String certificate, String key) {
    return settings.with(TlsFlags.TLS_CERT, List.of(TestTls.file(certificate).toString()))
        .with(TlsFlags.TLS_KEY, List.of(TestTls.file(key).toString()));
  }

  @ParameterizedTest
  @CsvSource({"one.crt,one.key", "one.crt,one.sec1.key", "rsa.crt,rsa.pkcs1.key", "rsa.crt,rsa.key"})
  void theListenerSpeaksTls(String certificate, String key) throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> inlineContent(\"hi\") -> <shunt>;", s -> tls(s, certificate, key));
        RawClient client = RawClient.secure(gateway.address(), certificate.replace(".crt", ".example"), null)) {
      assertThat(client.get("/")).endsWith("\nhi");
    }
  }

  @Test
  void backendsMayBeReachedOverTls() throws Exception {
    try (TestBackend backend = TestBackend.echo().secured()) {
      String routes = "r: * -> \"https://127.0.0.1:" + backend.port() + "\";";
      try (GatewayHarness gateway = GatewayHarness.start(routes)) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 502 Bad Gateway\n");
      }
      try (GatewayHarness gateway = GatewayHarness.start(routes, s -> s.with(BackendFlags.INSECURE, true))) {
        assertThat(gateway.get("/x")).startsWith("HTTP/1.1 200 OK\n").contains("GET /x HTTP/1.1");
      }
    }
  }

  @Test
  void theRequestIsSecureAndTheOtherAddressIsNot() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";",
            s -> tls(s, "one.crt", "one.key").with(ListenerFlags.INSECURE_ADDRESS, "127.0.0.1:0")
                .with(RequestFlags.FORWARDED_HEADERS, List.of("X-Forwarded-Proto=auto")));
        RawClient client = RawClient.secure(gateway.address(), "one.example", null)) {
      assertThat(client.get("/")).contains("X-Forwarded-Proto: https");
      InetSocketAddress clear = gateway.gateway().addresses().getLast();
      assertThat(clear.getPort()).isNotEqualTo(gateway.address().getPort());
      try (RawClient other = RawClient.connect(clear)) {
        assertThat(other.get("/")).contains("X-Forwarded-Proto: http\n");
      }
    }
  }

  @Test
  void certificatesAreReadAgainWhenTheirFilesChange(@TempDir Path folder) throws Exception {
    copy("one", folder);
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <shunt>;",
        s -> s.with(TlsFlags.TLS_CERT, List.of(folder.resolve("x.crt").toString())).with(TlsFlags.TLS_KEY, List.of(folder.resolve("x.key").toString())))) {
      assertThat(shown(gateway)).isEqualTo(TestTls.identity("one").chain().getFirst());
      copy("rsa", folder);
      await().atMost(Duration.ofSeconds(10)).until(() -> shown(gateway).equals(TestTls.identity("rsa").chain().getFirst()));
      Files.writeString(folder.resolve("x.crt"), "nothing");
      await().atMost(Duration.ofSeconds(10)).until(() -> gateway.log().contains("the old certificates stay"));
      assertThat(shown(gateway)).isEqualTo(TestTls.identity("rsa").chain().getFirst());
    }
  }

  private static void copy(String name, Path folder) throws Exception {
    Files.copy(TestTls.file(name + ".crt"), folder.resolve("x.crt"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(TestTls.file(name + ".key"), folder.resolve("x.key"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static java.security.cert.Certificate shown(GatewayHarness gateway) throws Exception {
    try (RawClient client = RawClient.secure(gateway.address(), "any.example", null)) {
      return client.peer();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "one.crt | rsa.key           | -tls-cert: DIR/rsa.key is not the key of the certificate in DIR/one.crt",
      "one.crt | one.encrypted.key | -tls-cert: DIR/one.encrypted.key holds an encrypted private key; decrypt it first (openssl pkey -in FILE -out FILE)",
      "one.key | one.key           | -tls-cert: DIR/one.key holds no certificate in PEM form",
      "one.crt | one.crt           | -tls-cert: DIR/one.crt holds no private key in PEM form",
      "none    | one.key           | -tls-cert: DIR/none does not exist",
  })
  void badFilesAreToldByName(String certificate, String key, String message) {
    Path folder = TestTls.file("one.crt").getParent();
    assertThatThrownBy(() -> GatewayHarness.start("r: * -> <shunt>;",
        s -> s.with(TlsFlags.TLS_CERT, List.of(folder.resolve(certificate).toString())).with(TlsFlags.TLS_KEY, List.of(folder.resolve(key).toString()))))
        .isInstanceOf(StartProblem.class).hasMessage(message.replace("DIR", folder.toString()));
  }

  @Test
  void missingKeysAndUnknownWordsAreTold() {
    assertThatThrownBy(() -> GatewayHarness.start("r: * -> <shunt>;", s -> s.with(TlsFlags.TLS_CERT, List.of("a.crt"))))
        .hasMessage("-tls-cert names 1 files and -tls-key 0; give a key for each certificate");
    assertThatThrownBy(() -> GatewayHarness.start("r: * -> <shunt>;", s -> s.with(TlsFlags.TLS_CLIENT_AUTH, "Maybe")))
        .hasMessageStartingWith("-tls-client-auth: \"Maybe\" is unknown; write NoClientCert, ");
  }
}
