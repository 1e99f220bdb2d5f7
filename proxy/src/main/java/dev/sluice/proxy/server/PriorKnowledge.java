package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopSelector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// The first bytes of a connection without TLS: those of HTTP/2 (RFC 9113 §3.4) or a request of HTTP/1.1. Reads not further than that takes.
final class PriorKnowledge extends AbstractConnection implements Connection.UpgradeTo {
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Connector connector;
  private final ConnectionFactory http2;
  private final LoopSelector loop = Objects.requireNonNull(LoopSelector.current());
  private final long longest;
  private ByteBuffer first = BufferUtil.allocate(PREFACE.length);
  private EventLoop.Timer clock = () -> {};

  /// @param longest nanoseconds until enough has come; 0: no limit
  PriorKnowledge(EndPoint socket, Connector connector, ConnectionFactory http2, long longest) {
    super(socket, connector.getExecutor());
    this.connector = connector;
    this.http2 = http2;
    this.longest = longest;
  }

  /// What was read behind a PROXY header.
  @Override
  public void onUpgradeTo(@Nullable ByteBuffer read) {
    if (read != null) {
      first = BufferUtil.allocate(Math.max(PREFACE.length, read.remaining()));
      BufferUtil.append(first, read);
    }
  }

  @Override
  public void onOpen() {
    super.onOpen();
    if (longest > 0) {
      clock = loop.schedule(longest, this::close);
    }
    decide();
  }

  @Override
  public void onFillable() {
    int filled;
    try {
      filled = getEndPoint().fill(first);
    } catch (IOException e) {
      filled = -1;
    }
    if (filled < 0) {
      close();
    } else {
      decide();
    }
  }

  private void decide() {
    if (!isBegun()) {
      become(connector.getDefaultConnectionFactory());
    } else if (first.remaining() >= PREFACE.length) {
      become(http2);
    } else {
      fillInterested();
    }
  }

  private boolean isBegun() {
    for (int i = 0; i < Math.min(first.remaining(), PREFACE.length); i++) {
      if (first.get(i) != PREFACE[i]) {
        return false;
      }
    }
    return true;
  }

  private void become(ConnectionFactory factory) {
    Connection next = factory.newConnection(connector, getEndPoint());
    ((Connection.UpgradeTo) next).onUpgradeTo(first);
    getEndPoint().upgrade(next);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    clock.cancel();
    super.onClose(cause);
  }
}
