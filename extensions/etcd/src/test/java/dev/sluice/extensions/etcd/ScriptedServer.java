package dev.sluice.extensions.etcd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A server that answers each request head with whatever bytes a test says, and then closes; or not at all.
final class ScriptedServer implements AutoCloseable {
  /// Never answers, and keeps the connection.
  static final String SILENCE = "";

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Function<String, String> script;

  /// @param script from a request's head to the bytes of the answer
  ScriptedServer(Function<String, String> script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  static String json(int status, long index, String document) {
    int length = document.getBytes(StandardCharsets.UTF_8).length;
    return "HTTP/1.1 " + status + " X\r\nX-Etcd-Index: " + index + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n" + document;
  }

  /// A directory with one route `a`.
  static String directory(long index, String value) {
    return json(200, index, """
        {"action":"get","node":{"key":"/skipper/routes","dir":true,"nodes":[
          {"key":"/skipper/routes/a","value":"%s","modifiedIndex":%d,"createdIndex":1}]}}""".formatted(value, index));
  }

  /// As etcd does when nothing happens: the head at once, then nothing.
  static String quiet(long index) {
    return "HTTP/1.1 200 OK\r\nX-Etcd-Index: " + index + "\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  void script(Function<String, String> next) {
    script = next;
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// Heads of all requests so far.
  List<String> requests() {
    return requests;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    open.add(socket);
    try (socket) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      if (head.isEmpty()) {
        return;
      }
      requests.add(head.toString());
      String answer = script.apply(head.toString());
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      if (answer.isEmpty() || answer.contains("chunked")) {
        while (in.read() >= 0) {
          // until the client goes away
        }
      }
    } catch (IOException e) {
      // the client went away
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
