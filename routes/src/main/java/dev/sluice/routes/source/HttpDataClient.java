package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Routes fetched from a URL again and again, with `If-None-Match` once the server gave an ETag. A failure of any kind keeps the
/// last routes; the next attempts come less often, up to ten times the usual interval.
public final class HttpDataClient implements DataClient {
  /// Longer documents are refused.
  public static final int MOST_BYTES = 256 << 20;

  /// The first answer decides whether the gateway starts: it has at least this time.
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

  private static final double MOST_DELAY = 10;
  private static final double BACK_OFF = 1.5;

  private final URI url;
  private final Duration poll;
  private final HttpClient client;
  private final Changes changes = new Changes();
  private @Nullable String etag;
  private boolean asked;

  /// @param poll interval between attempts; also the longest time for one, but for the first
  public HttpDataClient(URI url, Duration poll) {
    this.url = url;
    this.poll = poll;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build();
  }

  @Override
  public String name() {
    return "URL " + shownUrl();
  }

  @Override
  public void run(Consumer<Snapshot> publish) throws InterruptedException {
    double factor = 1;
    String reported = null;
    do {
      try {
        SourceText text = fetch();
        if (text != null) {
          publish.accept(Snapshot.of(text));
        }
        factor = 1;
        reported = null;
      } catch (IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (!why.equals(reported)) {
          publish.accept(new Snapshot(List.of(), List.of(problem(why))));
        }
        reported = why;
        factor = Math.min(MOST_DELAY, factor * BACK_OFF);
      }
    } while (changes.pause(delay(factor)));
  }

  @Override
  public void close() {
    changes.close();
    client.shutdownNow();
  }

  private Duration delay(double factor) {
    double jitter = factor == 1 ? 1 : ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    return Duration.ofNanos((long) (poll.toNanos() * factor * jitter));
  }

  /// @return null when the server says that nothing changed
  private @Nullable SourceText fetch() throws IOException, InterruptedException {
    boolean first = !asked;
    asked = true;
    var request = HttpRequest.newBuilder(url).timeout(first && poll.compareTo(FIRST_ANSWER) < 0 ? FIRST_ANSWER : poll);
    if (etag != null) {
      request.header("If-None-Match", etag);
    }
    HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 304 && etag != null) {
        return null;
      }
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
      etag = response.headers().firstValue("ETag").orElse(null);
      return SourceText.of(shownUrl(), bytes);
    }
  }

  private Diagnostic problem(String why) {
    return Diagnostic.error(RouteCode.SOURCE_UNREADABLE, SourceText.of(shownUrl(), ""), Span.NONE,
        "routes cannot be fetched from " + shownUrl() + ": " + why);
  }

  /// Without user information, which may be secret.
  private String shownUrl() {
    String user = url.getRawUserInfo();
    return user == null ? url.toString() : url.toString().replace(user + "@", "");
  }
}
