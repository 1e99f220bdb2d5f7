package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopSelector;
import java.io.IOException;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// What speaks on top of TLS until client and gateway have agreed on a protocol (ALPN, RFC 7301). Without an agreement it is HTTP/1.1.
final class Negotiation extends AbstractConnection {
  private final Connector connector;
  private final @Nullable ConnectionFactory http2;
  private final SSLEngine engine;
  private final LoopSelector loop = Objects.requireNonNull(LoopSelector.current());
  private final long longest;
  private EventLoop.Timer clock = () -> {};

  /// @param longest nanoseconds for the handshake; 0: no limit
  Negotiation(EndPoint secure, SSLEngine engine, Connector connector, @Nullable ConnectionFactory http2, long longest) {
    super(secure, connector.getExecutor());
    this.engine = engine;
    this.connector = connector;
    this.http2 = http2;
    this.longest = longest;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    if (longest > 0) {
      clock = loop.schedule(longest, this::close);
    }
    fillInterested();
  }

  @Override
  public void onFillable() {
    int filled;
    try {
      filled = getEndPoint().fill(BufferUtil.EMPTY_BUFFER);
    } catch (IOException e) {
      filled = -1;
    }
    String agreed = engine.getApplicationProtocol();
    if (filled < 0) {
      close();
    } else if (agreed == null) {
      fillInterested();
    } else {
      ConnectionFactory factory = http2 != null && agreed.equals("h2") ? http2 : connector.getDefaultConnectionFactory();
      getEndPoint().upgrade(factory.newConnection(connector, getEndPoint()));
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    clock.cancel();
    super.onClose(cause);
  }
}
