package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real php-fpm behind a route. Skipped where none is installed.
@Timeout(60)
class PhpFpmTest {
  @TempDir
  private static Path folder;
  private static @Nullable Process php;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Path program = program();
    assumeTrue(program != null, "skipped: php-fpm is not installed");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = folder.resolve("fpm.conf");
    Files.writeString(configuration, """
        [global]
        daemonize = no
        error_log = %s/error.log
        [www]
        listen = 127.0.0.1:%d
        pm = static
        pm.max_children = 2
        catch_workers_output = yes
        """.formatted(folder, port));
    Files.writeString(folder.resolve("hello.php"), """
        <?php
        header('X-Method: ' . $_SERVER['REQUEST_METHOD']);
        echo 'Hello, ', $_GET['name'] ?? 'nobody', '; ', strlen(file_get_contents('php://input')), ' bytes from ', $_SERVER['REMOTE_ADDR'];
        """);
    Files.writeString(folder.resolve("teapot.php"), "<?php http_response_code(418); error_log('a complaint'); echo 'short and stout';");
    Files.writeString(folder.resolve("move.php"), "<?php header('Location: /elsewhere');");
    php = new ProcessBuilder(program.toString(), "-F", "-R", "-y", configuration.toString())
        .redirectErrorStream(true).redirectOutput(folder.resolve("out.log").toFile()).start();
    await().atMost(Duration.ofSeconds(20)).until(PhpFpmTest::listens);
  }

  private static @Nullable Path program() throws IOException {
    try (Stream<Path> programs = Files.list(Path.of("/usr/sbin"))) {
      return programs.filter(path -> path.getFileName().toString().startsWith("php-fpm")).findFirst().orElse(null);
    }
  }

  private static boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @AfterAll
  static void stop() throws InterruptedException {
    Process running = php;
    if (running != null) {
      running.destroy();
      running.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static String request(String script, String text) throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start(
            "r: * -> setFastCgiFilename(\"" + folder.resolve(script) + "\") -> \"fastcgi://127.0.0.1:" + port + "\";");
        RawClient client = gateway.client()) {
      client.send(text);
      String head = client.head();
      return head + "\n" + client.body(head);
    }
  }

  @Test
  void aScriptAnswers() throws Exception {
    assertThat(request("hello.php", "GET /x?name=you HTTP/1.1\r\nHost: a.test\r\n\r\n"))
        .startsWith("HTTP/1.1 200").contains("\nX-Method: GET\n").endsWith("\nHello, you; 0 bytes from 127.0.0.1");
  }

  @Test
  void aScriptGetsTheBody() throws Exception {
    assertThat(request("hello.php", "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000)))
        .endsWith("\nHello, nobody; 100000 bytes from 127.0.0.1");
  }

  @Test
  void statusAndRedirectAreTheScripts() throws Exception {
    assertThat(request("teapot.php", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).startsWith("HTTP/1.1 418").endsWith("\nshort and stout");
    assertThat(request("move.php", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).startsWith("HTTP/1.1 302").contains("\nLocation: /elsewhere\n");
  }

  @Test
  void aScriptThatIsNotThereIsA404() throws Exception {
    assertThat(request("none.php", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).startsWith("HTTP/1.1 404").endsWith("\nNot Found");
  }
}
