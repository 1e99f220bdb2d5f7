package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopEndPoint;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/// A client's HTTP/2 connection on its loop: Jetty's, with our clock.
///
/// One timer looks now and then: at the time without a request, at that of a head (and of the first SETTINGS), at sockets that take nothing, and at what each
/// stream waits for. What is overdue ends at most a quarter of its limit late.
final class InboundHttp2 extends HTTP2ServerConnection {
  private final InboundSession session;
  private final InboundConnection.Limits limits;
  private final Http2 owner;
  private final long opened = System.nanoTime();
  private EventLoop.Timer clock = () -> {};
  private boolean greeted;
  private long written;
  private long writtenAt;

  InboundHttp2(Connector connector, EndPoint endPoint, HttpConfiguration configuration, InboundSession session,
      ServerSessionListener listener, InboundConnection.Limits limits, Http2 owner) {
    super(connector, endPoint, configuration, session, listener);
    this.session = session;
    this.limits = limits;
    this.owner = owner;
  }

  @Override
  public void onOpen() {
    LifeCycle.start(session);
    owner.opened(this);
    EndPoint socket = getEndPoint();
    if ((socket instanceof EndPoint.Wrapper secure ? secure.unwrap() : socket) instanceof LoopEndPoint transport) {
      // Or the client would not hear why the connection ends.
      transport.lingerOnClose();
    }
    watch();
    super.onOpen();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    clock.cancel();
    owner.closed(this);
    LifeCycle.stop(session);
    super.onClose(cause);
  }

  /// Says that no further requests are taken; those under way end. From any thread.
  void shutdown() {
    session.loop().execute(session::shutdown);
  }

  @Override
  public void onNewStream(HTTP2Stream stream, HeadersFrame frame) {
    ((InboundStream) stream).began(frame.isEndStream());
    super.onNewStream(stream, frame);
  }

  @Override
  public void onSettings(SettingsFrame frame) {
    greeted = true;
    super.onSettings(frame);
  }

  /// A head that is no request: its stream is reset, and the log has a line.
  void malformed(Stream stream, Throwable why) {
    InboundStream refused = (InboundStream) stream;
    String reason = why.getMessage() == null ? "malformed request" : why.getMessage();
    headRefused(HttpStatus.BAD_REQUEST_400, reason, refused.requestLine());
    refused.reset(new org.eclipse.jetty.http2.frames.ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
  }

  /// A head that cannot be read, or is far over its limit, is the end of the connection (RFC 7541 §5): nobody knows what the next one says.
  @Override
  public void onConnectionFailure(int error, String reason) {
    if (session.parser().headBegan() != 0) {
      headRefused(HttpStatus.BAD_REQUEST_400, reason, "");
    }
    super.onConnectionFailure(error, reason);
  }

  private void headRefused(int status, String reason, String requestLine) {
    limits.refused().refused(new RefusedHead(getRemoteSocketAddress(), status, reason, requestLine), session.loop());
  }

  // ---- the clock

  private void watch() {
    long shortest = Math.min(limits.shortest(), limits.headNanos() > 0 ? limits.headNanos() / 1_000_000 : Long.MAX_VALUE);
    if (shortest < Long.MAX_VALUE) {
      clock = session.loop().schedule(Math.max(1, shortest / 4) * 1_000_000, this::look);
    }
  }

  private void look() {
    if (!getEndPoint().isOpen() || getEndPoint().getConnection() != this) {
      return;
    }
    long now = System.nanoTime();
    if (headOverdue(now)) {
      headRefused(HttpStatus.REQUEST_TIMEOUT_408, "head not complete in time", "");
      session.onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "head_timeout");
    } else if (stuck(now)) {
      getEndPoint().close(new TimeoutException("the client does not read"));
      return;
    } else if (session.getStreamCount() == 0 && over(now, session.quietSince(), limits.idleMillis())) {
      session.end();
    } else {
      for (Stream stream : session.getStreams()) {
        ((InboundStream) stream).look(now, limits.readMillis() * 1_000_000, limits.writeMillis() * 1_000_000);
      }
    }
    watch();
  }

  private boolean headOverdue(long now) {
    long began = greeted ? session.parser().headBegan() : opened;
    return began != 0 && limits.headNanos() > 0 && now - began >= limits.headNanos();
  }

  /// The socket has taken nothing for too long; whatever the client sends meanwhile.
  private boolean stuck(long now) {
    long bytes = session.getBytesWritten();
    boolean pending = ((AbstractEndPoint) getEndPoint()).getWriteFlusher().isPending();
    if (!pending || bytes != written) {
      written = bytes;
      writtenAt = now;
    }
    return over(now, writtenAt, limits.writeMillis());
  }

  private static boolean over(long now, long since, long millis) {
    return since != 0 && millis > 0 && now - since >= millis * 1_000_000;
  }

}
