package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.HTTP2StreamEndPoint;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.FailureFrame;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One request of an HTTP/2 connection: Jetty's stream, with our clocks, the codes that we reset with, and news to the exchange of each failure.
final class InboundStream extends HTTP2Stream implements ClientRequest {
  private final InboundSession session;
  private final MetaData.Request request;
  private final Http2Head head;
  private final long declared;
  private long received;
  private int queued;
  private boolean bodiless;
  private long readingSince;
  private long writingSince;
  private boolean tunnel;
  private boolean resetByClient;
  private boolean resetSent;
  private @Nullable ErrorCode failure;

  InboundStream(InboundSession session, int id, MetaData.Request request, Http2Head head) {
    super(session, id, request, false);
    this.session = session;
    this.request = request;
    this.head = head;
    this.declared = HttpMethod.CONNECT.is(request.getMethod()) ? -1 : request.getContentLength();
  }

  /// @param ended the head was the whole request
  void began(boolean ended) {
    bodiless = ended;
  }

  @Override
  public EventLoop loop() {
    return session.loop();
  }

  @Override
  public String target() {
    return Objects.requireNonNullElseGet(head.path(), () -> Objects.requireNonNullElse(head.authority(), ""));
  }

  @Override
  public @Nullable String authority() {
    return head.authority();
  }

  @Override
  public boolean bodiless() {
    return bodiless;
  }

  @Override
  public @Nullable String protocol() {
    return head.protocol();
  }

  @Override
  public boolean tooLarge() {
    return head.tooLarge();
  }

  @Override
  public boolean misdirected(String host) {
    return InboundTls.misdirected(session.getEndPoint(), host);
  }

  // ---- clocks

  /// @param readNanos longest wait for bytes of a body; 0: no limit
  /// @param writeNanos longest time without progress of an answer; 0: no limit
  void look(long now, long readNanos, long writeNanos) {
    if (writingSince != 0 && writeNanos > 0 && now - writingSince >= writeNanos) {
      fail(ErrorCode.CANCEL_STREAM_ERROR, new EofException("the client does not read"));
    } else if (readingSince != 0 && readNanos > 0 && now - readingSince >= readNanos && !tunnel) {
      long waited = now - readingSince;
      readingSince = 0;
      onIdleTimeout(new TimeoutException("no progress for " + waited / 1_000_000 + " ms"));
    }
  }

  @Override
  public void demand() {
    readingSince = System.nanoTime();
    super.demand();
  }

  @Override
  public void send(FrameList frames, Callback callback) {
    writingSince = System.nanoTime();
    if (!(frames.getFrames().getFirst() instanceof HeadersFrame headers && headers.getMetaData() instanceof MetaData.Response response)) {
      super.send(frames, callback);
      return;
    }
    HttpFields fields = response.getHttpFields();
    boolean last = fields.contains(HttpHeader.CONNECTION, "close");
    super.send(saysLengthOfNothing(response) ? new FrameList(withoutLength(headers, response)) : frames, callback);
    if (last) {
      session.shutdown();
    }
  }

  /// Jetty adds the length of what it writes, also where nothing is written whatever there is.
  private boolean saysLengthOfNothing(MetaData.Response response) {
    int status = response.getStatus();
    return status == 204 || (status == 304 || HttpMethod.HEAD.is(request.getMethod())) && response.getContentLength() == 0;
  }

  private static HeadersFrame withoutLength(HeadersFrame frame, MetaData.Response response) {
    HttpFields.Mutable fields = HttpFields.build(response.getHttpFields());
    fields.remove(HttpHeader.CONTENT_LENGTH);
    return new HeadersFrame(frame.getStreamId(),
        new MetaData.Response(response.getStatus(), null, response.getHttpVersion(), fields, -1, null), null, frame.isEndStream());
  }

  @Override
  public void data(DataFrame frame, Callback callback) {
    writingSince = System.nanoTime();
    super.data(frame, callback);
  }

  @Override
  public int updateSendWindow(int delta) {
    if (delta < 0) {
      writingSince = System.nanoTime();
      session.dataSent();
    }
    return super.updateSendWindow(delta);
  }

  @Override
  public void succeeded() {
    writingSince = 0;
    super.succeeded();
  }

  @Override
  public void failed(Throwable x) {
    writingSince = 0;
    super.failed(x);
  }

  // ---- what comes

  @Override
  public void process(Data data) {
    DataFrame frame = data.frame();
    received += frame.remaining();
    if (isRemotelyClosed() || isLastDataReceived()) {
      fail(ErrorCode.STREAM_CLOSED_ERROR, bad("data behind the end"));
    } else if (declared >= 0 && (received > declared || frame.isEndStream() && received < declared)) {
      fail(ErrorCode.PROTOCOL_ERROR, bad("the body has another length than content-length says"));
    } else if (!session.queued(1)) {
      session.onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "too_many_data_frames");
    } else {
      queued++;
      readingSince = 0;
      super.process(data);
      return;
    }
    session.getFlowControlStrategy().onDataConsumed(session, this, frame.flowControlLength());
  }

  @Override
  public @Nullable Data readData() {
    Data data = super.readData();
    if (data != null && queued > 0) {
      queued--;
      session.queued(-1);
    }
    return data;
  }

  @Override
  public void process(Frame frame, Callback callback) {
    if (frame.getType() == FrameType.RST_STREAM) {
      resetByClient = true;
    } else if (frame instanceof HeadersFrame headers && !headers.getMetaData().isRequest()) {
      readingSince = 0;
      if (isRemotelyClosed() || isLastDataReceived()) {
        fail(ErrorCode.STREAM_CLOSED_ERROR, bad("trailers behind the end"));
        callback.succeeded();
        return;
      }
      if (declared >= 0 && received != declared) {
        fail(ErrorCode.PROTOCOL_ERROR, bad("the body has another length than content-length says"));
        callback.succeeded();
        return;
      }
    }
    super.process(frame, callback);
  }

  private static Throwable bad(String what) {
    return new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, what);
  }

  /// Tells the exchange, then the client.
  void fail(ErrorCode error, Throwable why) {
    if (failure != null) {
      return;
    }
    failure = error;
    writingSince = 0;
    super.process(new FailureFrame(error.code, why.getMessage(), why), Callback.from(() -> reset(new ResetFrame(getId(), error.code), Callback.NOOP)));
  }

  // ---- ends

  /// The exchange says only that it breaks off; a client that has broken off itself is told nothing (RFC 9113 §5.4.2).
  @Override
  public void reset(ResetFrame frame, Callback callback) {
    if (resetSent || resetByClient) {
      close();
      session.removeStream(this);
      callback.succeeded();
      return;
    }
    resetSent = true;
    session.resetSent(getId());
    ErrorCode why = frame.getError() == ErrorCode.CANCEL_STREAM_ERROR.code ? reason() : null;
    super.reset(why == null ? frame : new ResetFrame(frame.getStreamId(), why.code), callback);
  }

  /// An answer that breaks off is the gateway's failure: gRPC takes CANCEL for the client's own doing. After a whole answer the rest of the request is of no
  /// interest any more (RFC 9113 §8.1).
  private ErrorCode reason() {
    ErrorCode known = failure;
    return known != null ? known : isLocallyClosed() ? ErrorCode.NO_ERROR : ErrorCode.INTERNAL_ERROR;
  }

  /// Jetty gives the stream to a tunnel: the exchange is over, as after an upgrade in HTTP/1.1, and its readers may wait for as long as they like.
  @Override
  public void setAttachment(Object attachment) {
    super.setAttachment(attachment);
    if (attachment instanceof HTTP2StreamEndPoint && !tunnel) {
      tunnel = true;
      session.exchangeEnded();
    }
  }

  @Override
  public void onClose() {
    session.queued(-queued);
    queued = 0;
    readingSince = 0;
    writingSince = 0;
    if (!tunnel) {
      session.exchangeEnded();
    }
    super.onClose();
  }

  /// As a request line, for the log.
  String requestLine() {
    return head.requestLine();
  }
}
