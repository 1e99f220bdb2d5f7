package dev.sluice.proxy.forward;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.proxy.upstream.Tunnel;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Upgraded connections: once the backend has switched protocols, bytes go both ways unread until either side ends.
final class Tunnels {
  private Tunnels() {}

  /// Answers 101 to the client and ties the two connections together.
  static void open(Pipeline pipeline, GatewayExchange x, HttpFields head, Tunnel tunnel) {
    EndPoint client = x.jettyRequest().getConnectionMetaData().getConnection().getEndPoint();
    Side toBackend = new Side(client, tunnel.endPoint(), x);
    Side toClient = new Side(tunnel.endPoint(), client, x);
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
    fields.put(HttpHeader.CONNECTION, "Upgrade");
    x.jettyResponse().setStatus(101);
    x.jettyRequest().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, toBackend);
    x.onCancel(() -> tunnel.endPoint().close());
    pipeline.tunnelled(x, () -> {
      tunnel.endPoint().upgrade(toClient);
    });
  }

  /// Moves bytes from one end point to the other; reads again when they were written.
  private static final class Side extends AbstractConnection implements Connection.UpgradeTo {
    private static final int BUFFER = 16 * 1024;

    private final EndPoint to;
    private Side other = this;
    private ByteBuffer early = BufferUtil.EMPTY_BUFFER;
    private final ByteBuffer buffer = BufferUtil.allocateDirect(BUFFER);

    Side(EndPoint from, EndPoint to, GatewayExchange x) {
      super(from, task -> x.loop().execute(task));
      this.to = to;
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
        to.write(written(), first);
      } else {
        fillInterested();
      }
    }

    private Callback written() {
      return Callback.from(org.eclipse.jetty.util.thread.Invocable.InvocationType.NON_BLOCKING, this::onFillable, why -> end());
    }

    @Override
    public void onFillable() {
      try {
        BufferUtil.clear(buffer);
        int count = getEndPoint().fill(buffer);
        if (count > 0) {
          to.write(written(), buffer);
        } else if (count == 0) {
          fillInterested();
        } else {
          end();
        }
      } catch (java.io.IOException e) {
        end();
      }
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
      end();
    }

    @Override
    public boolean onIdleExpired(java.util.concurrent.TimeoutException timeout) {
      return false;
    }

    private void end() {
      getEndPoint().close();
      to.close();
    }
  }
}
