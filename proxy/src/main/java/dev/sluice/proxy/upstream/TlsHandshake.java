package dev.sluice.proxy.upstream;

import java.io.Closeable;
import java.io.IOException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The time between a connected socket and TLS that stands: holds the place of the connection on Jetty's TLS end point, so that no byte of a request
/// leaves before the backend has proved who it is. Works on the loop; Jetty runs the engine's tasks in place.
final class TlsHandshake extends AbstractConnection implements Closeable, SslHandshakeListener {
  private final Shared shared;
  private final HostDial.Attempt attempt;
  private final SslConnection tls;
  private final @Nullable String protocol;
  private final Callback fillable;
  private boolean done;
  private boolean over;

  TlsHandshake(Shared shared, EndPoint socket, HostDial.Target target, HostDial.Attempt attempt) {
    this(shared, connection(shared, socket, shared.settings().tls().engine(target.host(), target.port(), target.protocol())), target, attempt);
  }

  private TlsHandshake(Shared shared, SslConnection tls, HostDial.Target target, HostDial.Attempt attempt) {
    super(tls.getSslEndPoint(), shared.loop()::execute);
    this.shared = shared;
    this.tls = tls;
    this.protocol = target.protocol();
    this.attempt = attempt;
    this.fillable = new Fillable(shared.loop(), this::goOn, why -> fail(why.getMessage()));
    tls.addHandshakeListener(this);
    tls.getSslEndPoint().setConnection(this);
  }

  private static SslConnection connection(Shared shared, EndPoint socket, SSLEngine engine) {
    SslConnection connection = new SslConnection(shared.buffers(), shared.loop()::execute, socket, engine, true, true);
    // A body that only the end of the connection ends must not be cut unnoticed (RFC 9112 §9.8).
    connection.setRequireCloseMessage(true);
    return connection;
  }

  /// What reads and writes the socket.
  Connection connection() {
    return tls;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    onLoop(() -> attempt.ready(this));
  }

  private void onLoop(Runnable task) {
    if (shared.loop().inLoop()) {
      task.run();
    } else {
      shared.loop().execute(task);
    }
  }

  void begin() {
    try {
      tls.getSSLEngine().beginHandshake();
    } catch (SSLException e) {
      fail(e.getMessage());
      return;
    }
    goOn();
  }

  private void goOn() {
    if (over) {
      return;
    }
    int filled;
    try {
      filled = getEndPoint().fill(BufferUtil.EMPTY_BUFFER);
    } catch (IOException | RuntimeException e) {
      fail(e.getMessage());
      return;
    }
    if (done && protocol != null && !protocol.equals(tls.getSSLEngine().getApplicationProtocol())) {
      fail("the backend does not agree to speak " + protocol + " (ALPN)");
    } else if (done) {
      over = true;
      // The connection keeps its listeners, and this one knows the call that dialled, with its exchange and its table.
      tls.removeHandshakeListener(this);
      Connection next = attempt.secured(getEndPoint());
      getEndPoint().setConnection(next);
      next.onOpen();
    } else if (filled < 0) {
      fail("closed during the handshake");
    } else {
      getEndPoint().tryFillInterested(fillable);
    }
  }

  private void fail(@Nullable String why) {
    if (!over) {
      over = true;
      getEndPoint().close();
      attempt.notSecured(why == null ? "handshake failed" : why);
    }
  }

  @Override
  public void handshakeSucceeded(Event event) {
    done = true;
  }

  /// Breaks the handshake off.
  @Override
  public void close() {
    over = true;
    getEndPoint().close();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    onLoop(() -> fail(cause == null ? "connection closed" : cause.getMessage()));
  }

  @Override
  public void onFillable() {
    onLoop(this::goOn);
  }
}
