package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.RecordingBackend;
import dev.sluice.proxy.fixture.RecordingBackend.Seen;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.Flags;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hostile and broken requests over a raw socket: what the client is told, what becomes of its connection, and above all what the backend got.
@Timeout(60)
class BadInputsTest {
  private static final List<String> FILES = List.of("request-line.txt", "fields.txt", "framing.txt", "responses.txt", "host.txt", "paths.txt");
  private static RecordingBackend backend;
  private static final Map<String, GatewayHarness> GATEWAYS = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    backend = new RecordingBackend();
  }

  @AfterAll
  static void stop() throws IOException {
    GATEWAYS.values().forEach(GatewayHarness::close);
    backend.close();
  }

  static Stream<BadInput> cases() {
    return FILES.stream().flatMap(file -> BadInput.read(file).stream());
  }

  @Test
  void everyRowThatConcernsRequestsOfHttp1IsThere() {
    Set<String> rows = cases().map(BadInput::row).collect(Collectors.toSet());
    List<Integer> missing = IntStream.concat(IntStream.rangeClosed(1, 95), IntStream.rangeClosed(111, 128))
        .filter(row -> !rows.contains(Integer.toString(row))).boxed().toList();
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredAsTheTableSays(BadInput input) throws Exception {
    GatewayHarness gateway = gateway(input);
    backend.reset(BadInput.unescape(String.join("", input.all("back"))));
    try (RawClient client = gateway.client()) {
      send(client, input);
      for (String expected : input.all("<")) {
        answers(client, input, expected);
      }
    }
    received(input);
  }

  private static void send(RawClient client, BadInput input) throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (String[] line : input.lines()) {
      if (line[0].equals(">wait")) {
        client.send(bytes.toString());
        bytes.setLength(0);
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.begun() > 0);
      } else if (line[0].startsWith(">")) {
        bytes.append(BadInput.sent(line));
      }
    }
    try {
      client.send(bytes.toString());
      if (input.has(">end")) {
        client.shutdownOutput();
        client.rest();
      }
    } catch (IOException closedMeanwhile) {
      // The answer counts.
    }
  }

  private static GatewayHarness gateway(BadInput input) throws Exception {
    String routes = input.has("route") ? String.join("\n", input.all("route")) : "all: * -> \"$B\";";
    String key = input.all("flag") + routes;
    GatewayHarness known = GATEWAYS.get(key);
    if (known == null) {
      known = GatewayHarness.start(routes.replace("$B", "http://127.0.0.1:" + backend.port()), settings -> {
        GatewaySettings all = settings;
        for (String flag : input.all("flag")) {
          all = with(all, flag.substring(0, flag.indexOf('=')), flag.substring(flag.indexOf('=') + 1));
        }
        return all;
      });
      GATEWAYS.put(key, known);
    }
    return known;
  }

  @SuppressWarnings("unchecked") // by the flag's kind
  private static GatewaySettings with(GatewaySettings settings, String name, String value) {
    Flag<?> flag = Flags.byName().get(name);
    return switch (flag.kind()) {
      case SWITCH -> settings.with((Flag<Boolean>) flag, Boolean.parseBoolean(value));
      case INTEGER -> settings.with((Flag<Integer>) flag, Integer.parseInt(value));
      case LONG -> settings.with((Flag<Long>) flag, Long.parseLong(value));
      case TEXT -> settings.with((Flag<String>) flag, value);
      case LIST, REPEATED, CHOICES -> settings.with((Flag<List<String>>) flag, Arrays.asList(value.split(",")));
      case DURATION -> settings.with((Flag<Duration>) flag, Duration.parse("PT" + value));
      case DECIMAL, MILLISECONDS, FILTERS, EDITS, MAP, MAPS, YAML -> throw new IllegalArgumentException(name);
    };
  }

  private static void answers(RawClient client, BadInput input, String expected) throws IOException {
    List<String> words = new ArrayList<>(List.of(expected.split(" ")));
    String fate = words.removeLast();
    String last = "";
    for (String status : words) {
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 ").matches(text -> List.of(status.split("\\|")).contains(text.substring(9, 12)), "status " + status);
      // No body after an answer to HEAD, and none that is read after an upgrade.
      last = head + (input.all(">").getFirst().startsWith("HEAD ") || head.startsWith("HTTP/1.1 101 ") || head.startsWith("HTTP/1.1 1") ? "" : body(client, head));
    }
    for (String part : input.all("<~")) {
      assertThat(last).contains(BadInput.unescape(part));
    }
    for (String part : input.all("<!~")) {
      assertThat(last).doesNotContain(BadInput.unescape(part));
    }
    switch (fate) {
      case "closed" -> assertThat(client.ended()).as("connection closed").isTrue();
      case "open" -> assertThat(client.get("/probe")).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 400 ");
      case "any" -> { }
      default -> throw new IllegalArgumentException(fate);
    }
  }

  /// What there is of it: an answer that is cut off has no end.
  private static String body(RawClient client, String head) throws IOException {
    try {
      return client.body(head);
    } catch (java.io.EOFException | NumberFormatException cut) {
      return "(cut)";
    }
  }

  private static void received(BadInput input) {
    List<String> lines = input.all("=");
    if (lines.isEmpty() && !input.has("=broken")) {
      return;
    }
    if (lines.equals(List.of("nothing"))) {
      assertThat(backend.seen()).isEmpty();
      return;
    }
    if (input.has("=broken")) {
      // It may have got nothing at all.
      await().atMost(Duration.ofSeconds(5)).until(() -> backend.seen().size() == backend.begun());
      assertThat(backend.seen()).noneMatch(Seen::complete);
      return;
    }
    assertThat(backend.seen()).allMatch(Seen::complete).extracting(Seen::line).containsExactlyElementsOf(lines);
    Seen last = backend.seen().getLast();
    for (String line : input.all("=+")) {
      assertThat(last.head()).contains("\n" + BadInput.unescape(line) + "\n");
    }
    for (String name : input.all("=-")) {
      assertThat(("\n" + last.head() + last.trailers()).toLowerCase(java.util.Locale.ROOT)).doesNotContain("\n" + name.toLowerCase(java.util.Locale.ROOT) + ":");
    }
    input.all("=body").forEach(body -> assertThat(last.body()).isEqualTo(BadInput.unescape(body)));
  }
}
