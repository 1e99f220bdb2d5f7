package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Failure;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// The way to a new connection for one call: resolve the name, then try each address in turn. Each but the last gets an equal share of the time
/// that is left. With TLS the handshake follows, under its own time limit; when it fails, no further address is tried.
final class HostDial {
  private final DirectUpstream.Shared shared;
  private final HostPool pool;
  private final boolean tls;
  private final String host;
  private final int port;
  private final DirectCall call;
  private final long end;
  private List<InetAddress> addresses = List.of();
  private int next;
  private @Nullable Attempt current;
  private Closeable socket = () -> {};
  private EventLoop.@Nullable Timer timer;
  private boolean over;

  HostDial(DirectUpstream.Shared shared, HostPool pool, boolean tls, String host, int port, DirectCall call) {
    this.shared = shared;
    this.pool = pool;
    this.tls = tls;
    this.host = host;
    this.port = port;
    this.call = call;
    this.end = System.nanoTime() + call.request.connectNanos();
  }

  void begin() {
    long longest = call.request.connectNanos();
    call.waits(longest == 0 ? null : shared.loop().schedule(longest, this::timeout), this::cancelled);
    shared.resolver().resolve(host, shared.loop(), this::resolved);
  }

  private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
    if (over) {
      return;
    }
    if (found == null) {
      fail(new Failure(Failure.Kind.UNRESOLVED, host + ": " + failure));
      return;
    }
    addresses = found;
    tryNext();
  }

  private void tryNext() {
    stopAttempt();
    InetAddress address = addresses.get(next++);
    int left = addresses.size() - next;
    Attempt attempt = new Attempt();
    current = attempt;
    if (call.request.connectNanos() != 0 && left > 0) {
      timer = shared.loop().schedule((end - System.nanoTime()) / (left + 1), this::tryNext);
    }
    Closeable opened = shared.dialer().dial(new InetSocketAddress(address, port), attempt);
    if (current == attempt) {
      socket = opened;
    }
  }

  private void opened(Attempt attempt, DirectConnection connection) {
    if (attempt != current) {
      pool.unwanted(connection);
      return;
    }
    socket = () -> {};
    end();
    connection.start(call);
  }

  /// A socket is connected; the limit of connecting is over.
  private void handshake(Attempt attempt, TlsHandshake handshake) {
    if (attempt != current) {
      handshake.close();
      return;
    }
    stopTimer();
    socket = handshake;
    long longest = shared.settings().tls().handshakeTimeout().toNanos();
    call.waits(longest == 0 ? null : shared.loop().schedule(longest, this::timeout), this::cancelled);
    handshake.begin();
  }

  private void handshakeFailed(Attempt attempt, String why) {
    if (attempt == current) {
      fail(new Failure(Failure.Kind.TLS, host + ":" + port + ": " + why));
    }
  }

  private void failed(Attempt attempt, Throwable failure) {
    if (attempt != current) {
      return;
    }
    if (next < addresses.size()) {
      tryNext();
    } else {
      fail(new Failure(Failure.Kind.REFUSED, host + ":" + port + ": " + failure.getMessage()));
    }
  }

  private void timeout() {
    fail(new Failure(Failure.Kind.CONNECT_TIMEOUT, host + ":" + port));
  }

  private void fail(Failure why) {
    if (!over) {
      end();
      call.fail(why, Upstream.Sent.NOTHING);
      pool.left();
    }
  }

  private void cancelled() {
    if (!over) {
      end();
      pool.left();
    }
  }

  private void end() {
    over = true;
    stopAttempt();
  }

  private void stopAttempt() {
    current = null;
    IO.close(socket);
    socket = () -> {};
    stopTimer();
  }

  private void stopTimer() {
    EventLoop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }

  /// On the loop, but for the first two when the dialer is not.
  final class Attempt implements Dialer.Dialling {
    @Override
    public Connection connected(EndPoint endPoint) {
      if (tls) {
        return new TlsHandshake(shared, endPoint, host, port, this).connection();
      }
      DirectConnection connection = new DirectConnection(shared, endPoint, pool);
      connection.onOpened(() -> opened(this, connection));
      return connection;
    }

    /// The socket of a handshake is connected.
    void ready(TlsHandshake handshake) {
      handshake(this, handshake);
    }

    /// TLS stands. Returns the connection that takes over.
    DirectConnection secured(EndPoint endPoint) {
      DirectConnection connection = new DirectConnection(shared, endPoint, pool);
      connection.onOpened(() -> opened(this, connection));
      return connection;
    }

    void notSecured(String why) {
      handshakeFailed(this, why);
    }

    @Override
    public void failed(Throwable failure) {
      if (shared.loop().inLoop()) {
        HostDial.this.failed(this, failure);
      } else {
        shared.loop().execute(() -> HostDial.this.failed(this, failure));
      }
    }
  }
}
