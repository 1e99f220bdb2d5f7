package dev.sluice.proxy.forward;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.proxy.upstream.Tunnel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Upgraded connections: once the backend has switched protocols, bytes go both ways unread until either side ends. An idle one holds no buffer, and
/// nothing of the exchange that it came from.
final class Tunnels {
  /// How long a side that has ended its own bytes is given to take the rest of the other's, where only a stream of a connection ends.
  private static final long REST = TimeUnit.SECONDS.toNanos(5);

  private Tunnels() {}

  /// Answers 101 to the client, or 200 where it asked by an extended CONNECT (RFC 8441 §4), and ties the two together.
  static void open(Pipeline pipeline, GatewayExchange x, HttpFields head, Tunnel tunnel) {
    boolean stream = x.request().extendedConnect();
    EndPoint client = stream
        ? x.jettyRequest().getTunnelSupport().getEndPoint() : x.jettyRequest().getConnectionMetaData().getConnection().getEndPoint();
    ByteBufferPool buffers = x.jettyRequest().getComponents().getByteBufferPool();
    Side toBackend = new Side(client, tunnel.endPoint(), x.loop(), buffers);
    Side toClient = new Side(tunnel.endPoint(), client, x.loop(), buffers);
    toBackend.other = toClient;
    toClient.other = toBackend;
    toClient.early = tunnel.early();
    HttpFields.Mutable fields = x.clientResponse().fields();
    fields.clear();
    for (HttpField field : head) {
      if (field.getHeader() != HttpHeader.CONTENT_LENGTH && field.getHeader() != HttpHeader.TRANSFER_ENCODING) {
        fields.add(field);
      }
    }
    if (stream) {
      fields.remove(HttpHeader.CONNECTION);
      fields.remove(HttpHeader.UPGRADE);
      fields.remove(HttpHeader.SEC_WEBSOCKET_ACCEPT);
    } else {
      fields.put(HttpHeader.CONNECTION, "Upgrade");
    }
    x.jettyResponse().setStatus(stream ? 200 : 101);
    x.jettyRequest().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, toBackend);
    x.onCancel(() -> tunnel.endPoint().close());
    pipeline.tunnelled(x, () -> tunnel.endPoint().upgrade(toClient));
  }

  /// Moves bytes from one end point to the other; reads again when they were written.
  private static final class Side extends AbstractConnection implements Connection.UpgradeTo, Callback {
    private static final int BUFFER = 16 * 1024;
    private static final int MOST_MOVES = 16;

    private final EventLoop loop;
    private final EndPoint to;
    private final ByteBufferPool buffers;
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;
    private RetainableByteBuffer.@Nullable Mutable onItsWay;
    private Side other = this;
    private boolean ended;
    private boolean moving;
    private boolean written;

    Side(EndPoint from, EndPoint to, EventLoop loop, ByteBufferPool buffers) {
      super(from, loop::execute);
      this.loop = loop;
      this.to = to;
      this.buffers = buffers;
    }

    @Override
    public void onUpgradeTo(ByteBuffer prefilled) {
      if (prefilled != null && prefilled.hasRemaining()) {
        early = BufferUtil.toBuffer(BufferUtil.toArray(prefilled));
      }
    }

    @Override
    public void onOpen() {
      super.onOpen();
      if (early.hasRemaining()) {
        ByteBuffer first = early;
        early = BufferUtil.EMPTY_BUFFER;
        to.write(this, first);
      } else {
        fillInterested();
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }

    /// What was read is written: at once, inside [EndPoint#write], or later.
    @Override
    public void succeeded() {
      release();
      if (moving) {
        written = true;
      } else {
        onFillable();
      }
    }

    @Override
    public void failed(Throwable why) {
      release();
      end();
    }

    /// Looped, not nested, while the other side takes all at once; the loop's other connections have their turn in between.
    @Override
    public void onFillable() {
      moving = true;
      int moves = 0;
      do {
        written = false;
        if (moves++ == MOST_MOVES) {
          loop.execute(this::onFillable);
        } else {
          move();
        }
      } while (written);
      moving = false;
    }

    private void move() {
      RetainableByteBuffer.Mutable buffer = buffers.acquire(BUFFER, true);
      int count = fill(buffer.getByteBuffer());
      if (count > 0) {
        onItsWay = buffer;
        to.write(this, buffer.getByteBuffer());
        return;
      }
      buffer.release();
      if (count == 0) {
        fillInterested();
      } else if (getEndPoint().getTransport() instanceof HTTP2Stream stream && stream.isRemotelyClosed() && !stream.isReset()) {
        finished();
      } else {
        end();
      }
    }

    private int fill(ByteBuffer buffer) {
      try {
        return getEndPoint().fill(buffer);
      } catch (IOException e) {
        return -1;
      }
    }

    private void release() {
      RetainableByteBuffer.Mutable written = onItsWay;
      onItsWay = null;
      if (written != null) {
        written.release();
      }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
      end();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
      return false;
    }

    /// The end of a stream's bytes says nothing of the other direction.
    private void finished() {
      to.shutdownOutput();
      loop.schedule(REST, this::end);
    }

    private void end() {
      if (!ended && !other.ended) {
        ended = true;
        close(getEndPoint());
        close(to);
      }
    }

    private void close(EndPoint endPoint) {
      if (endPoint.getTransport() instanceof HTTP2Stream stream) {
        endPoint.shutdownOutput();
        loop.schedule(stream.isRemotelyClosed() ? 0 : REST, () -> reset(stream));
      } else {
        endPoint.close();
      }
    }

    private static void reset(HTTP2Stream stream) {
      if (!stream.isClosed()) {
        stream.reset(new ResetFrame(stream.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
      }
    }
  }
}
