package dev.sluice.proxy.filter.auth;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.args.UrlText;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls web services for filters that wait. One for the process; blocks its caller.
final class HookClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HookClient.class);
  private static final int MOST_REDIRECTS = 10;
  /// Set by the client itself, or about the client's own connection.
  private static final Set<String> NOT_COPIED = Set.of(
      "host", "content-length", "transfer-encoding", "connection", "upgrade", "expect", "keep-alive", "te", "trailer",
      "proxy-connection");
  /// Not sent on to another host.
  private static final Set<String> SECRET = Set.of("authorization", "cookie", "www-authenticate");

  private final HttpClient client;
  private final Duration timeout;

  private HookClient(Duration timeout) {
    this.timeout = timeout;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(timeout)
        .followRedirects(HttpClient.Redirect.NEVER) // followed here: which headers go along depends on the host
        .build();
  }

  static HookClient of(Services services) {
    return services.shared(
        HookClient.class, "webhook", key -> new HookClient(FlagSettings.read(services, LimitFlags.WEBHOOK_TIMEOUT)));
  }

  /// The last answer, its body discarded; null when there is none in time.
  @Nullable HttpResponse<?> get(UrlText url, Headers headers) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      URI first = URI.create(url.toString());
      URI target = first;
      String referer = null;
      for (int i = 0; i <= MOST_REDIRECTS; i++) {
        HttpRequest request = request(target, headers, !sameSite(first, target), referer, deadline);
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        String location = answer.headers().firstValue("Location").orElse(null);
        if (!isRedirect(answer.statusCode()) || location == null) {
          return answer;
        }
        referer = target.getScheme().equals("https") && location.startsWith("http:") ? null : target.toString();
        target = target.resolve(UrlText.parse(location).toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("webhook {}: {}", url.host(), e.toString());
    }
    return null;
  }

  private static boolean isRedirect(int status) {
    return status >= 301 && status <= 303 || status == 307 || status == 308;
  }

  private static boolean sameSite(URI first, URI target) {
    String host = target.getHost() == null ? "" : target.getHost();
    String origin = first.getHost() == null ? "" : first.getHost();
    return host.equalsIgnoreCase(origin) || host.endsWith("." + origin);
  }

  private HttpRequest request(URI target, Headers headers, boolean elsewhere, @Nullable String referer, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    HttpRequest.Builder request = HttpRequest.newBuilder(target).timeout(left).GET();
    headers.forEach((name, value) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!NOT_COPIED.contains(lower) && !(elsewhere && SECRET.contains(lower))) {
        request.header(name, value);
      }
    });
    if (referer != null && !headers.contains("Referer")) {
      request.header("Referer", referer);
    }
    return request.build();
  }

  @Override
  public void close() {
    client.close();
  }
}
