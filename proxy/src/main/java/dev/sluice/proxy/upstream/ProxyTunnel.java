package dev.sluice.proxy.upstream;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// The time between a socket that is connected to a forward proxy and a tunnel to the target (CONNECT, RFC 9110 §9.3.6).
final class ProxyTunnel extends AbstractConnection implements Closeable {
  private final Shared shared;
  private final HostDial.Target target;
  private final HostDial.Attempt attempt;
  private final ResponseReader reader;
  private final Callback fillable;
  private boolean over;

  ProxyTunnel(Shared shared, EndPoint socket, HostDial.Target target, HostDial.Attempt attempt) {
    super(socket, shared.loop()::execute);
    this.shared = shared;
    this.target = target;
    this.attempt = attempt;
    this.reader = new ResponseReader(shared, socket);
    this.fillable = new Fillable(shared.loop(), this::goOn, why -> fail(String.valueOf(why.getMessage())));
  }

  @Override
  public void onOpen() {
    super.onOpen();
    if (shared.loop().inLoop()) {
      attempt.ready(this);
    } else {
      shared.loop().execute(() -> attempt.ready(this));
    }
  }

  void begin() {
    String host = target.host().indexOf(':') >= 0 ? "[" + target.host() + "]" : target.host();
    String authority = host + ":" + target.port();
    ForwardProxies.Proxy proxy = target.proxy();
    String authorization = proxy == null ? null : proxy.authorization();
    String head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n"
        + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n") + "\r\n";
    // A head to CONNECT is like one to HEAD: what follows 2xx is the tunnel, what follows others is of no use.
    reader.expect(true);
    getEndPoint().tryFillInterested(fillable);
    getEndPoint().write(
        Callback.from(Invocable.InvocationType.NON_BLOCKING, () -> {}, fillable::failed),
        ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private void goOn() {
    while (!over) {
      switch (reader.head()) {
        case MORE -> {
          int filled = reader.fill();
          if (filled == 0) {
            getEndPoint().tryFillInterested(fillable);
            return;
          }
          if (filled < 0) {
            fail("closed before its answer to CONNECT");
          }
        }
        case INTERIM -> reader.expectNext();
        case FINAL -> answered();
        case BROKEN -> fail("malformed answer to CONNECT");
      }
    }
  }

  private void answered() {
    if (reader.status() >= 300) {
      fail("answered " + reader.status() + " to CONNECT");
      return;
    }
    over = true;
    reader.discard();
    Connection next = attempt.towards(getEndPoint());
    getEndPoint().setConnection(next);
    next.onOpen();
  }

  private void fail(String why) {
    if (!over) {
      close();
      attempt.notTunnelled(why);
    }
  }

  /// Gives up without telling anybody.
  @Override
  public void close() {
    over = true;
    reader.discard();
    getEndPoint().close();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    fillable.failed(cause == null ? new java.nio.channels.ClosedChannelException() : cause);
  }

  @Override
  public void onFillable() {
    goOn();
  }
}
