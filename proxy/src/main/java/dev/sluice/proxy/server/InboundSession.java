package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.observe.ConnectionStates;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.MathUtils;
import org.jspecify.annotations.Nullable;

/// The streams of an HTTP/2 connection: Jetty's, with our checks of heads, our budgets, and our streams. Used on the connection's loop.
final class InboundSession extends HTTP2ServerSession {
  /// Of how many streams that we have reset it is known that more may come for them; of others it is an error.
  private static final int RESETS_KNOWN = 32;

  /// Pieces of bodies that may wait to be read: one for each 64 bytes of the connection's window. Each costs us about 150 bytes beside its own, and a client
  /// can make them as small as it likes.
  private static final int MAX_QUEUED = Http2.CONNECTION_WINDOW / 64;

  /// How long requests that a client sent before it heard of the end are waited for; the same time as Go's net/http.
  private static final long LAST_REQUESTS = TimeUnit.SECONDS.toNanos(1);

  private final int[] resets = new int[RESETS_KNOWN];
  private int resetCount;
  private boolean draining;
  private int underWay;
  private int queued;
  private final LoopSelector loop;
  private final @Nullable ConnectionStates states;
  private final Http2Parser parser;
  private final FloodControl floods;
  private long quietSince = System.nanoTime();

  InboundSession(Connector connector, EndPoint endPoint, LoopSelector loop, @Nullable ConnectionStates states, Http2Parser parser, FloodControl floods, Generator generator,
      ServerSessionListener listener, FlowControlStrategy flowControl) {
    super(connector.getScheduler(), endPoint, parser, generator, listener, flowControl);
    this.loop = loop;
    this.states = states;
    this.parser = parser;
    this.floods = floods;
  }

  LoopSelector loop() {
    return loop;
  }

  Http2Parser parser() {
    return parser;
  }

  /// @param id as Jetty's request tells it
  /// @throws IllegalStateException when the stream is over
  InboundStream stream(String id) {
    HTTP2Stream stream = getStream(Integer.parseInt(id));
    if (stream == null) {
      throw new IllegalStateException("the stream is over");
    }
    return (InboundStream) stream;
  }

  /// Time of [System#nanoTime] when the last exchange began or ended.
  long quietSince() {
    return quietSince;
  }

  /// Says that no further requests are taken, and ends the connection when those under way are over.
  @Override
  public CompletableFuture<Void> shutdown() {
    if (!draining) {
      draining = true;
      loop.schedule(LAST_REQUESTS, this::endWhenQuiet);
    }
    return super.shutdown();
  }

  private void endWhenQuiet() {
    if (getStreamCount() == 0) {
      end();
    } else if (getEndPoint().isOpen()) {
      loop.schedule(LAST_REQUESTS, this::endWhenQuiet);
    }
  }

  /// Ends a connection without requests.
  void end() {
    EndPoint socket = getEndPoint();
    close(ErrorCode.NO_ERROR.code, "idle", Callback.from(socket::close, failure -> socket.close()));
  }

  @Override
  protected HTTP2Stream newStream(int streamId, MetaData.Request request, boolean local) {
    quietSince = System.nanoTime();
    floods.streamOpened();
    loop.exchangeBegan();
    if (underWay++ == 0 && states != null) {
      states.active().increment();
    }
    return new InboundStream(this, streamId, request, parser.head());
  }

  /// A client that was told of a reset may have sent more before it heard of it (RFC 9113 §5.1).
  void resetSent(int streamId) {
    resets[resetCount++ % RESETS_KNOWN] = streamId;
  }

  private boolean mayNotKnow(int streamId) {
    for (int reset : resets) {
      if (reset == streamId) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void onData(Stream.Data data) {
    int streamId = data.frame().getStreamId();
    boolean late = getStream(streamId) == null && isClientStream(streamId) && isRemoteStreamClosed(streamId) && !mayNotKnow(streamId);
    super.onData(data);
    if (late && !isClosed()) {
      resetSent(streamId);
      frames(null, List.of(new ResetFrame(streamId, ErrorCode.STREAM_CLOSED_ERROR.code)), Callback.NOOP);
    }
  }

  void exchangeEnded() {
    quietSince = System.nanoTime();
    loop.exchangeEnded();
    if (--underWay == 0 && states != null && getEndPoint().isOpen()) {
      states.idle().increment();
    }
  }

  /// Pieces of bodies wait to be read, or wait no more; false when they are too many.
  boolean queued(int more) {
    queued += more;
    return queued <= MAX_QUEUED;
  }

  void dataSent() {
    floods.dataSent();
  }

  @Override
  public void onHeaders(HeadersFrame frame) {
    String problem = problem(frame);
    super.onHeaders(problem == null ? frame : new HeadersFrame(frame.getStreamId(), MetaData.Failed.newFailedMetaDataRequest(
        HttpVersion.HTTP_2, new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, problem)), null, frame.isEndStream()));
  }

  private @Nullable String problem(HeadersFrame frame) {
    return frame.getMetaData() instanceof MetaData.Request request && MetaData.Failed.getFailure(request) == null
        ? parser.head().problem(request, frame.isEndStream()) : null;
  }

  /// Acknowledges before data go by the new settings: some clients take data before the acknowledgement to be by the old ones.
  @Override
  public void onSettings(SettingsFrame frame, boolean reply) {
    if (reply && !frame.isReply()) {
      settings(new SettingsFrame(Map.of(), true), Callback.NOOP);
    }
    super.onSettings(frame, false);
  }

  @Override
  public void onWindowUpdate(WindowUpdateFrame frame) {
    if (!floods.windowUpdated()) {
      onConnectionFailure(ErrorCode.ENHANCE_YOUR_CALM_ERROR.code, "invalid_window_update_frame_rate");
      return;
    }
    HTTP2Stream stream = frame.getStreamId() == 0 ? null : getStream(frame.getStreamId());
    if (stream != null && MathUtils.sumOverflows(stream.getSendWindow(), frame.getWindowDelta())) {
      ((InboundStream) stream).fail(ErrorCode.FLOW_CONTROL_ERROR, new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "the window overflows"));
    } else {
      super.onWindowUpdate(frame);
    }
  }
}
