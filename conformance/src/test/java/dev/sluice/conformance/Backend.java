package dev.sluice.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An HTTP/1.1 server that records what it receives and answers from a script.
///
/// Each connection has a virtual thread of its own. Closing it closes the listener and all connections.
final class Backend implements AutoCloseable {

  private final String name;
  private final List<Members> scripts;
  private final Consumer<Members> record;
  private final Path folder;
  private final ServerSocket listener;
  private final AtomicInteger served = new AtomicInteger();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /// Starts listening.
  ///
  /// @param name its name, which is also the body of its answers without a script
  /// @param scripts the answers in order; the last one repeats
  /// @param record gets each request, from the connections' threads
  /// @param folder where the files are that scripts name
  Backend(String name, int port, List<Members> scripts, Consumer<Members> record, Path folder) throws IOException {
    this.name = name;
    this.scripts = scripts;
    this.record = record;
    this.folder = folder;
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getByName(PortBase.HOST), port), 512);
    Thread.ofVirtual().name(name).start(this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        if (listener.isClosed()) {
          socket.close();
        }
        Thread.ofVirtual().name(name + " connection").start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (HttpStream stream = new HttpStream(socket)) {
      socket.setTcpNoDelay(true);
      boolean open = true;
      while (open) {
        Members request = Http.readRequest(stream);
        Members script = scripts.get(Math.min(served.getAndIncrement(), scripts.size() - 1));
        record.accept(Members.empty().with("backend", name).with("method", request.text("method"))
            .with("target", request.text("target")).with("headers", request.list("headers"))
            .with("body", request.text("body")).with("trailers", request.list("trailers")));
        open = new BackendAnswer(name, folder, stream, request).send(script);
      }
    } catch (IOException | IllegalArgumentException e) {
      // The connection ends: it was closed, or what came is no HTTP.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
