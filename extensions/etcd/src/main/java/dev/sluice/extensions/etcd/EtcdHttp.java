package dev.sluice.extensions.etcd;

import dev.sluice.extensions.etcd.EtcdServers.Member;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Calls to one member. Calls block; redirects are not followed, since they would carry the token elsewhere.
final class EtcdHttp implements AutoCloseable {
  /// Longer answers are refused.
  private static final int MOST_BYTES = 256 << 20;

  private static final String INDEX = "X-Etcd-Index";

  private final Duration timeout;
  private final int mostBytes;
  private final HttpClient client;

  EtcdHttp(EtcdServers servers) {
    this(servers, MOST_BYTES);
  }

  EtcdHttp(EtcdServers servers, int mostBytes) {
    this.mostBytes = mostBytes;
    timeout = servers.timeout();
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .executor(task -> Thread.ofVirtual().start(task))
        .connectTimeout(timeout);
    client = (servers.insecure() ? builder.sslContext(AnyCertificate.context()) : builder).build();
  }

  /// @param index etcd's count at the time of the call; -1 when it did not say
  record Reply(EtcdAnswer answer, long index) {}

  /// @param body a form; null: none
  /// @throws EtcdFailure for everything but an answer with a 2xx status, or that there is no such key
  Reply call(Member member, String method, String key, @Nullable String body) throws EtcdFailure, InterruptedException {
    HttpRequest.BodyPublisher content =
        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request = request(member, key, "").method(method, content);
    if (body != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
    try {
      return reply(sent.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw noAnswer(timeout);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  /// Waits for the first change in a directory, or below it, after one index.
  ///
  /// @return null when nothing happened in that time
  @Nullable Reply watch(Member member, String key, long after, Duration most) throws EtcdFailure, InterruptedException {
    var index = new AtomicLong(-1);
    HttpRequest request = request(member, key, "?wait=true&recursive=true&waitIndex=" + (after + 1)).GET().build();
    CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, head -> {
      index.set(index(head.headers())); // etcd sends the head at once
      return BodySubscribers.limiting(BodySubscribers.ofByteArray(), mostBytes);
    });
    try {
      return reply(sent.get(most.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      if (index.get() >= 0 && index.get() < after) {
        throw EtcdFailure.unusable("etcd counts from " + index + " again, after " + after);
      }
      return null;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  private HttpRequest.Builder request(Member member, String key, String query) {
    HttpRequest.Builder request = HttpRequest.newBuilder(member.uri(key, query)).timeout(timeout);
    if (member.authorization() != null) {
      request.header("Authorization", member.authorization());
    }
    return request;
  }

  private static Reply reply(HttpResponse<byte[]> response) throws EtcdFailure {
    int status = response.statusCode();
    EtcdAnswer answer;
    try {
      answer = EtcdAnswer.parse(response.body());
    } catch (IOException e) {
      String hint = status == 404 ? " (is etcd running with --enable-v2?)" : "";
      throw EtcdFailure.unusable((status / 100 == 2 ? "" : "status " + status + ": ") + e.getMessage() + hint);
    }
    if (status / 100 == 2 && answer.node() != null || answer.error() == EtcdAnswer.NOT_FOUND) {
      return new Reply(answer, index(response.headers()));
    }
    String why = "status " + status + ": " + answer.message();
    throw status / 100 == 4 ? EtcdFailure.refused(why) : EtcdFailure.unusable(why);
  }

  private static long index(HttpHeaders headers) {
    try {
      return headers.firstValueAsLong(INDEX).orElse(-1);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private EtcdFailure failure(@Nullable Throwable cause) {
    return switch (cause) {
      case EtcdFailure failure -> failure;
      case HttpTimeoutException _ -> noAnswer(timeout);
      case ConnectException e -> EtcdFailure.unusable(e.getMessage() == null ? "cannot be connected to" : e.getMessage());
      case null -> EtcdFailure.unusable("no answer");
      default -> EtcdFailure.unusable(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    };
  }

  private static EtcdFailure noAnswer(Duration most) {
    return EtcdFailure.unusable("no answer within " + most.toMillis() + " ms");
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
