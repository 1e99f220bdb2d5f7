package dev.sluice.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Sends the requests of one case. Connections with a name stay open until it is closed.
///
/// May be used by several threads at once.
final class CaseClient implements AutoCloseable {

  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("conformance timer").factory());

  private final PortBase ports;
  private final Path folder;
  private final Map<String, HttpStream> named = new ConcurrentHashMap<>();

  CaseClient(PortBase ports, Path folder) {
    this.ports = ports;
    this.folder = folder;
  }

  /// Sends a request and returns its answer: a message, `{"closed": true}` or `{"no_answer": true}`.
  ///
  /// @param wait the longest wait in milliseconds, each time that bytes are awaited
  Members exchange(Members request, int wait) throws IOException {
    String name = request.text("connection", "");
    HttpStream stream = null;
    try {
      stream = name.isEmpty() ? null : named.get(name);
      if (stream == null) {
        stream = connect(request, wait);
        if (!name.isEmpty()) {
          named.put(name, stream);
        }
      }
      return exchange(stream, request, wait);
    } catch (SocketTimeoutException e) {
      return Members.empty().with("no_answer", true);
    } catch (HttpStream.Ended | SocketException e) {
      return Members.empty().with("closed", true);
    } finally {
      if (stream != null && name.isEmpty()) {
        stream.close();
      }
    }
  }

  private static Members exchange(HttpStream stream, Members request, int wait) throws IOException {
    sendWithin(stream, Http.requestBytes(request), wait);
    String method = request.text("method", request.text("raw", "GET ").split(" ", 2)[0]);
    Members response = Http.readResponse(stream, method);
    if (response.number("status", 0) == 101 && request.has("after_upgrade")) {
      byte[] bytes = HttpStream.bytes(request.text("after_upgrade"));
      stream.send(bytes);
      response.with("after_upgrade", HttpStream.text(stream.exactly(bytes.length)));
    }
    return response;
  }

  private HttpStream connect(Members request, int wait) throws IOException {
    Socket socket = new Socket();
    try {
      if (!request.text("from", "").isEmpty()) {
        socket.bind(new InetSocketAddress(request.text("from"), 0));
      }
      socket.connect(new InetSocketAddress(PortBase.HOST, port(request.text("listener", ""))), wait);
      socket.setSoTimeout(wait);
      socket.setTcpNoDelay(true);
      return new HttpStream(request.flag("tls") ? handshake(socket, request) : socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket handshake(Socket socket, Members request) throws IOException {
    @Nullable String name = request.has("tls_name") ? request.text("tls_name") : null;
    @Nullable Path identity = request.has("tls_cert") ? folder.resolve(request.text("tls_cert")) : null;
    return ClientTls.handshake(socket, name, identity);
  }

  private int port(String listener) {
    return switch (listener) {
      case "support" -> ports.support();
      case "etcd" -> ports.etcd();
      default -> ports.gateway();
    };
  }

  /// Sends all bytes; a gateway that does not take them in time gives no answer.
  private static void sendWithin(HttpStream stream, byte[] bytes, int wait) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> watch = TIMER.schedule(() -> {
      late.set(true);
      stream.close();
      return null;
    }, wait, TimeUnit.MILLISECONDS);
    try {
      stream.send(bytes);
    } catch (IOException e) {
      if (late.get()) {
        throw new SocketTimeoutException("the request was not taken");
      }
      throw e;
    } finally {
      watch.cancel(false);
    }
  }

  @Override
  public void close() throws IOException {
    for (HttpStream stream : named.values()) {
      stream.close();
    }
  }
}
