package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file of `routes/examples` is right, and does what its first comment says.
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../routes/examples");
  private static final Pattern RUN = Pattern.compile("^// {3}\\./gateway -routes routes/examples/(\\S+)(.*)$", Pattern.MULTILINE);
  private static final Pattern TRY = Pattern.compile("^// {3}curl (.*?\\S) {2,}(\\d{3}) ?(.*)$", Pattern.MULTILINE);
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  @TempDir Path folder;

  static Stream<Path> examples() throws IOException {
    try (var files = Files.list(EXAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".gw")).sorted().toList().stream();
    }
  }

  @Test
  void allOfThemTogetherAreRight() {
    var check = Run.in(EXAMPLES, "");
    assertThat(check.gwctl("check", ".")).as(check.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isRightAndPrintsAndReadsBack(Path example) {
    var check = Run.in(EXAMPLES, "");
    assertThat(check.gwctl("check", example.getFileName().toString())).as(check.err()).isZero();
    var printed = Run.in(EXAMPLES, "");
    assertThat(printed.gwctl("print", "-pretty", example.getFileName().toString())).as(printed.err()).isZero();
    var again = Run.in(EXAMPLES, printed.out());
    assertThat(again.gwctl("print", "-pretty")).isZero();
    assertThat(again.out()).isEqualTo(printed.out());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsItsCommentSays(Path example) throws IOException {
    String text = Files.readString(example);
    Matcher command = RUN.matcher(text);
    assertThat(command.find()).as("a line with the command that runs it").isTrue();
    assertThat(command.group(1)).isEqualTo(example.getFileName().toString());
    int port = freePort();
    Path file = Files.writeString(folder.resolve("example.gw"), text.replace(":9090", ":" + port));
    var args = new ArrayList<>(List.of(
        "-address", ":" + port, "-support-listener", "127.0.0.1:0", "-wait-first-route-load", "-routes", file.toString()));
    args.addAll(words(command.group(2)));
    var run = Run.in(folder, "");
    try (var gateway = run.gateway(args.toArray(String[]::new))) {
      assertThat(gateway.running()).as(run.err()).isTrue();
      List<Matcher> requests = TRY.matcher(text).results().map(found -> {
        Matcher line = TRY.matcher(found.group());
        line.find();
        return line;
      }).toList();
      assertThat(requests).as("requests to try").isNotEmpty();
      for (Matcher request : requests) {
        String answer = answer(port, words(request.group(1)));
        assertThat(answer).as(request.group() + "\n" + run.err()).startsWith("HTTP/1.1 " + request.group(2) + " ");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).as(request.group()).contains(request.group(3).strip());
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(word -> word.group(1) == null ? word.group(2) : word.group(1)).toList();
  }

  /// What curl would get: the whole answer, head and body.
  private static String answer(int port, List<String> words) throws IOException {
    String method = "GET";
    String host = "localhost";
    var headers = new StringBuilder();
    URI uri = URI.create(words.getLast());
    for (int i = 0; i < words.size() - 1; i++) {
      switch (words.get(i)) {
        case "-i" -> {}
        case "-X" -> method = words.get(++i);
        case "-H" -> {
          String header = words.get(++i);
          if (header.startsWith("Host: ")) {
            host = header.substring(6);
          } else {
            headers.append(header).append("\r\n");
          }
        }
        default -> throw new IllegalArgumentException("curl option " + words.get(i));
      }
    }
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    String request = method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "Connection: close\r\n\r\n";
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
