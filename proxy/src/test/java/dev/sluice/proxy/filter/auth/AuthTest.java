package dev.sluice.proxy.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.FakeServices;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// Password files, secrets, and the web service that is asked.
class AuthTest {
  private static final String USERS = """
      # users
      ann:{SHA}0L4txCG+T80BcuWvzuo5cOLz2UA=
      bob:$apr1$saltsalt$3H/dsbhrsfsct53S4XlVB/
      cat:$2b$04$abcdefghijklmnopqrstuuJmcGRV85p700pb1GBhT6VUJrKKdbtTu
      dan:$1$12345678$aRvkq.V5CIa1FlMEBRCf./
      eve:$pbkdf2-sha256$i=1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ:{"role":"admin"}
      """;

  @org.junit.jupiter.api.io.TempDir Path folder;

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static int status(Filter filter, String authorization) throws Exception {
    return filter.request(FakeExchange.get("/", "Authorization", authorization)) instanceof Respond(Answer answer) ? answer.status() : 200;
  }

  @Test
  void eachKindOfHash() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), USERS);
    Filter filter = Filters.running("basicAuth(\"" + users + "\")");
    Map<String, String> passwords = Map.of("ann", "apple", "bob", "banana", "cat", "cherry", "dan", "date", "eve", "secret");
    for (var each : passwords.entrySet()) {
      assertThat(status(filter, basic(each.getKey() + ":" + each.getValue()))).as(each.getKey()).isEqualTo(200);
      assertThat(status(filter, basic(each.getKey() + ":" + each.getValue()))).as("from the cache").isEqualTo(200);
      assertThat(status(filter, basic(each.getKey() + ":wrong"))).isEqualTo(401);
      assertThat(status(filter, basic(each.getKey() + ":"))).isEqualTo(401);
    }
    assertThat(status(filter, basic("zoe:apple"))).isEqualTo(401);
    assertThat(status(filter, "basic   " + basic("ann:apple").substring(6))).as("RFC 7617").isEqualTo(200);
    for (String bad : List.of("Basic", "Basic !!!!", "Basic YW5u", "Bearer abc")) {
      assertThat(status(filter, bad)).isEqualTo(401);
    }
    FakeExchange x = FakeExchange.get("/", "Authorization", basic("eve:secret"));
    filter.request(x);
    assertThat(x.get(AuthAttributes.ATTRIBUTES)).isEqualTo("{\"role\":\"admin\"}");
  }

  @Test
  void theRealmIsQuoted() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), USERS);
    Verdict verdict = Filters.running("basicAuth(\"" + users + "\", \"Back \\\"Office\\\"\")").request(FakeExchange.get("/"));
    assertThat(((Respond) verdict).answer().headers()).containsExactly(new Header("WWW-Authenticate", "Basic realm=\"Back \\\"Office\\\"\""));
  }

  @Test
  void aChangedFileIsReadAndABadOneIsNot() throws Exception {
    Path users = Files.writeString(folder.resolve("users"), USERS);
    FakeServices services = new FakeServices();
    Filter filter = Filters.running("basicAuth(\"" + users + "\")", services);
    assertThat(status(filter, basic("ann:apple"))).isEqualTo(200);
    Files.writeString(users, "zoe:{PLAIN}zebra\n");
    services.filesChanged();
    assertThat(status(filter, basic("ann:apple"))).isEqualTo(401);
    assertThat(status(filter, basic("zoe:zebra"))).isEqualTo(200);
    Files.writeString(users, "no colon\n");
    services.filesChanged();
    assertThat(status(filter, basic("zoe:zebra"))).isEqualTo(200);
    assertThatThrownBy(() -> Filters.spec("basicAuth(\"" + users + "\")").create(services, new dev.sluice.routes.spi.Site("r", "basicAuth", 0)))
        .hasMessage("line 1 of password file \"" + users + "\" has no colon");
  }

  @Test
  void secretsOfAFolder() throws Exception {
    Files.writeString(folder.resolve("token"), "s3cr3t\n");
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/inner"), "no");
    FakeServices services = new FakeServices().with(dev.sluice.proxy.flag.LimitFlags.CREDENTIALS_PATHS, List.of(folder.toString()));
    FakeExchange x = FakeExchange.get("/", "Authorization", "old");
    Filters.running("bearerinjector(\"" + folder + "/sub/inner\")", services).request(x);
    assertThat(x.request().headers().first("Authorization")).isEqualTo("old");
    Filter known = Filters.running("bearerinjector(\"" + folder + "/token\")", services);
    known.request(x);
    assertThat(x.request().headers().first("Authorization")).isEqualTo("Bearer s3cr3t");
    Files.writeString(folder.resolve("token"), "new");
    services.filesChanged();
    known.request(x);
    assertThat(x.request().headers().first("Authorization")).isEqualTo("Bearer new");
  }

  @Test
  void aWebServiceDecides() throws Exception {
    var seen = new ConcurrentLinkedQueue<String>();
    var server = com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      String path = exchange.getRequestURI().getPath();
      seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("X-Id")
          + " " + exchange.getRequestHeaders().getFirst("Referer"));
      if (path.equals("/moved")) {
        exchange.getResponseHeaders().add("Location", "/ok");
      }
      exchange.getResponseHeaders().add("X-User", "jane");
      exchange.sendResponseHeaders(path.equals("/ok") ? 204 : path.equals("/moved") ? 302 : Integer.parseInt(path.substring(1)), -1);
      exchange.close();
    });
    server.start();
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      FakeExchange x = FakeExchange.of("POST", "/a", "X-Id", "7", "X-User", "spoofed", "Content-Length", "7");
      assertThat(Filters.running("webhook(\"" + base + "/moved\", \"x-user,X-None\")").request(x)).isEqualTo(Verdict.CONTINUE);
      assertThat(x.request().headers().all("X-User")).containsExactly("jane");
      assertThat(x.get(AuthAttributes.USER)).isEqualTo("webhook");
      assertThat(seen).containsExactly("GET /moved 7 null", "GET /ok 7 " + base + "/moved");
      assertThat(status(Filters.running("webhook(\"" + base + "/403\")"), "x")).isEqualTo(403);
      for (int bad : new int[] {401, 500, 304}) {
        Verdict verdict = Filters.running("webhook(\"" + base + "/" + bad + "\")").request(FakeExchange.get("/"));
        assertThat(((Respond) verdict).answer().status()).isEqualTo(401);
        assertThat(((Respond) verdict).answer().headers()).containsExactly(new Header("WWW-Authenticate", "127.0.0.1"));
      }
    } finally {
      server.stop(0);
    }
    assertThat(status(Filters.running("webhook(\"" + base + "/ok\")"), "x")).as("down").isEqualTo(401);
  }

  @Test
  void badArgumentsOfAWebhook() {
    assertThat(Filters.refusal("webhook(\"http://bad host/\")")).containsExactly(
        "webhook: is no URL: invalid character in the host in \"http://bad host/\"");
    assertThat(Filters.refusal("webhook(\"http://a\", \"X-A, X-B\")")).containsExactly("webhook: is no header name: \" X-B\"");
  }
}
