package dev.sluice.extensions.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsecureTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir
  Path folder;

  @Test
  void certificatesAreVerifiedUnlessToldOtherwise() throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext("/v2/keys/skipper/routes", exchange -> {
      byte[] body = "{\"node\":{\"key\":\"/skipper/routes\",\"dir\":true}}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    var url = List.of("https://127.0.0.1:" + server.getAddress().getPort());
    try (var verifying = new EtcdKeys(EtcdServers.of(url, "/skipper", Duration.ofSeconds(20), false, null));
        var insecure = new EtcdKeys(EtcdServers.of(url, "/skipper", Duration.ofSeconds(20), true, null))) {
      assertThatThrownBy(verifying::read).isInstanceOf(EtcdFailure.class).hasMessageContaining("certification path");
      assertThat(insecure.read().routes()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  /// With a certificate of its own making, for another host.
  private SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("store.p12");
    int made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC",
            "-alias", "etcd", "-dname", "CN=elsewhere.test", "-storetype", "PKCS12", "-keystore", store.toString(),
            "-storepass", new String(PASSWORD))
        .redirectErrorStream(true).redirectOutput(folder.resolve("keytool.log").toFile()).start().waitFor();
    assertThat(made).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
