package dev.sluice.proxy.filter.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.BodyDriver;
import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Files of a folder.
class StaticTest {
  @org.junit.jupiter.api.io.TempDir Path around;
  private Path folder;

  @org.junit.jupiter.api.BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(around.resolve("www"));
  }

  private record Served(int status, Map<String, String> headers, String body) {}

  private Served serve(String target, String... headers) throws Exception {
    FakeExchange x = FakeExchange.get(target, headers);
    Verdict verdict = Filters.running("static(\"/s\", \"" + folder + "\")").request(x);
    Answer answer = ((Respond) verdict).answer();
    byte[] body = answer.body();
    if (answer.step() != null) {
      body = new BodyDriver(3).through(answer.step(), body);
    }
    var lines = new HashMap<String, String>();
    answer.headers().forEach(header -> lines.put(header.name(), header.value()));
    return new Served(answer.status(), lines, new String(body, StandardCharsets.UTF_8));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(Instant.parse("2024-01-01T00:00:00Z")));
  }

  @Test
  void typesRangesAndConditions() throws Exception {
    write("app.js", "console.log(1)");
    write("plain", "just text\n");
    Served whole = serve("/s/app.js");
    assertThat(whole).isEqualTo(new Served(200, Map.of(
        "Accept-Ranges", "bytes",
        "Content-Type", "text/javascript; charset=utf-8",
        "Last-Modified", "Mon, 01 Jan 2024 00:00:00 GMT"), "console.log(1)"));
    assertThat(serve("/s/plain").headers()).containsEntry("Content-Type", "text/plain; charset=utf-8");
    assertThat(serve("/s/app.js", "Range", "bytes=0-6").body()).isEqualTo("console");
    assertThat(serve("/s/app.js", "Range", "bytes=-3").headers()).containsEntry("Content-Range", "bytes 11-13/14");
    assertThat(serve("/s/app.js", "Range", "bytes=8-").body()).isEqualTo("log(1)");
    assertThat(serve("/s/app.js", "Range", "bytes=99-").body()).isEqualTo("invalid range: failed to overlap\n");
    assertThat(serve("/s/app.js", "Range", "bytes=-0").status()).isEqualTo(416);
    assertThat(serve("/s/app.js", "Range", "bytes=5-2").body()).isEqualTo("invalid range\n");
    assertThat(serve("/s/app.js", "Range", "lines=1-2").body()).isEqualTo("invalid range\n");
    assertThat(serve("/s/app.js", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT").status()).isEqualTo(304);
    assertThat(serve("/s/app.js", "If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT").status()).isEqualTo(412);
  }

  @Test
  void largeFilesAreStreamed() throws Exception {
    String text = "0123456789".repeat(50_000);
    write("large.txt", text);
    assertThat(serve("/s/large.txt").body()).isEqualTo(text);
    assertThat(serve("/s/large.txt", "Range", "bytes=7-400000").body()).isEqualTo(text.substring(7, 400_001));
  }

  @Test
  void foldersAndWhatIsOutside() throws Exception {
    write("docs/index.html", "<html>docs</html>");
    write("list/a&b.txt", "a");
    Files.writeString(folder.getParent().resolve("secret.txt"), "secret");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.getParent().resolve("secret.txt"));
    assertThat(serve("/s/docs/").body()).isEqualTo("<html>docs</html>");
    assertThat(serve("/s/docs?x=1")).isEqualTo(new Served(301, Map.of("Location", "docs/?x=1"), ""));
    assertThat(serve("/s/docs/index.html").headers()).containsEntry("Location", "./");
    assertThat(serve("/s/list/").body()).isEqualTo("""
        <!doctype html>
        <meta name="viewport" content="width=device-width">
        <pre>
        <a href="a&amp;b.txt">a&amp;b.txt</a>
        </pre>
        """);
    for (String target : List.of("/s/none", "/s/link.txt", "/other", "/s/docs/index.html/x")) {
      assertThat(serve(target).body()).as(target).isEqualTo("404 page not found\n");
    }
    FakeExchange outside = FakeExchange.get("/");
    outside.request().path("/s/../secret.txt");
    assertThat(Filters.running("static(\"/s\", \"" + folder + "\")").request(outside)).isEqualTo(StaticFiles.NOT_FOUND);
  }
}
