package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.internal.HTTP2ClientSession;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.PrefaceFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.frames.WindowUpdateFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.hpack.HpackEncoder;
import org.eclipse.jetty.http2.parser.Parser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// An HTTP/2 connection to a backend: Jetty's session, and the calls that have its streams. Methods and events are on the loop.
final class Http2Connection extends HTTP2Connection {
  /// Before the backend has said how many it takes; its preface is on its way (RFC 9113 §3.4).
  private static final int FIRST_STREAMS = 1;
  private static final int HEAD_ROOM = 4096;
  private static final int INPUT_BUFFER = 16 << 10;
  private static final int MIN_INPUT_SPACE = 1500;
  private static final int STREAM_WINDOW = 256 << 10;
  private static final int CONNECTION_WINDOW = 1 << 20;

  private final Shared shared;
  private final Http2Host host;
  private final Set<StreamCarrier> streams = new HashSet<>();
  private EventLoop.@Nullable Timer idle;
  private int headLimit;
  private int unwritten;
  private boolean settled;
  private boolean used;
  private boolean leaving;
  private int lastTaken = Integer.MAX_VALUE;
  private @Nullable String malformed;

  private Http2Connection(Shared shared, EndPoint endPoint, HTTP2Session session, Http2Host host) {
    super(shared.buffers(), shared.loop()::execute, endPoint, session, INPUT_BUFFER, MIN_INPUT_SPACE);
    this.shared = shared;
    this.host = host;
    setUseInputDirectByteBuffers(true);
    setUseOutputDirectByteBuffers(true);
  }

  static Http2Connection on(EndPoint endPoint, Shared shared, Http2Host host) {
    int longest = shared.settings().maxHeadBytes();
    Events events = new Events();
    Parser parser = new Parser(shared.buffers(), longest);
    Generator generator = new Generator(shared.buffers(), true, 0);
    generator.getHpackEncoder().setMaxHeaderListSize(HEAD_ROOM);
    HTTP2ClientSession session =
        new HTTP2ClientSession(shared.timers(), endPoint, parser, generator, events, new BufferingFlowControlStrategy(STREAM_WINDOW, 0.5F));
    session.setMaxRemoteStreams(0);
    Http2Connection connection = new Http2Connection(shared, endPoint, session, host);
    events.connection = connection;
    parser.init(connection);
    LifeCycle.start(session);
    return connection;
  }

  @Override
  public void onOpen() {
    if (!shared.loop().inLoop()) {
      shared.loop().execute(this::onOpen);
      return;
    }
    HTTP2Session session = getSession();
    SettingsFrame settings = new SettingsFrame(
        Map.of(SettingsFrame.ENABLE_PUSH, 0, SettingsFrame.INITIAL_WINDOW_SIZE, STREAM_WINDOW,
            SettingsFrame.MAX_HEADER_LIST_SIZE, shared.settings().maxHeadBytes()),
        false);
    int more = CONNECTION_WINDOW - FlowControlStrategy.DEFAULT_WINDOW_SIZE;
    session.updateRecvWindow(more);
    session.frames(null, List.of(new PrefaceFrame(), settings, new WindowUpdateFrame(0, more)), Callback.from(Invocable.InvocationType.NON_BLOCKING,
        this::prefaceSent, why -> getEndPoint().close(why)));
  }

  private void prefaceSent() {
    if (shared.loop().inLoop()) {
      super.onOpen();
      produce();
      watchIdle();
    } else {
      shared.loop().execute(this::prefaceSent);
    }
  }

  /// Everything that is read is read on the loop.
  @Override
  protected void produce() {
    if (shared.loop().inLoop()) {
      super.produce();
    } else {
      shared.loop().execute(super::produce);
    }
  }

  /// Jetty reads a length that is no number without looking, and would stop reading for good.
  @Override
  public void onHeaders(HeadersFrame frame) {
    try {
      super.onHeaders(frame);
    } catch (NumberFormatException e) {
      onStreamFailure(frame.getStreamId(), ErrorCode.PROTOCOL_ERROR.code, "the length is no number");
    }
  }

  Shared shared() {
    return shared;
  }

  Http2Host host() {
    return host;
  }

  boolean hasStream() {
    int most = settled ? getSession().getMaxLocalStreams() : FIRST_STREAMS;
    return !leaving && getEndPoint().isOpen() && !getSession().isClosed() && (most < 0 || streams.size() < most);
  }

  /// Whether the backend has said how many streams it takes.
  boolean settled() {
    return settled;
  }

  /// Whether a call was answered on this connection before.
  boolean used() {
    return used;
  }

  void start(UpstreamCall call) {
    EventLoop.Timer timer = idle;
    idle = null;
    if (timer != null) {
      timer.cancel();
    }
    StreamCarrier carrier = new StreamCarrier(this, call);
    streams.add(carrier);
    call.began(carrier);
    carrier.begin();
  }

  /// Makes room in the encoder for a head that is about to be sent; false when the backend takes none of that size. Jetty takes a buffer of the largest
  /// size allowed for each head, so that is kept small while heads are.
  boolean roomFor(MetaData head) {
    int size = 256;
    for (HttpField field : head.getHttpFields()) {
      size += field.getName().length() + (field.getValue() == null ? 0 : field.getValue().length()) + 32;
    }
    if (head instanceof MetaData.Request request) {
      size += request.getHttpURI().asString().length();
    }
    if (headLimit > 0 && size > headLimit) {
      return false;
    }
    unwritten++;
    HpackEncoder encoder = getSession().getGenerator().getHpackEncoder();
    encoder.setMaxHeaderListSize(Math.max(encoder.getMaxHeaderListSize(), size));
    return true;
  }

  /// A head that room was made for was written, or never will be.
  void headWritten() {
    if (--unwritten == 0) {
      getSession().getGenerator().getHpackEncoder().setMaxHeaderListSize(HEAD_ROOM);
    }
  }

  /// A stream is over.
  void ended(StreamCarrier carrier, boolean answered) {
    used |= answered;
    if (streams.remove(carrier)) {
      if (leaving && streams.isEmpty()) {
        close();
      } else {
        watchIdle();
        // Not at once: the caller is in the middle of handing out its last chunk.
        shared.loop().execute(host::streamsFree);
      }
    }
  }

  /// Whether the backend has said that it did not look at a stream (RFC 9113 §6.8).
  boolean unseen(int streamId) {
    return streamId > lastTaken;
  }

  /// What was wrong with the backend's frames; null while nothing was.
  @Nullable String malformed() {
    return malformed;
  }

  @Override
  public void onConnectionFailure(int error, String reason) {
    malformed = reason;
    super.onConnectionFailure(error, reason);
  }

  private void watchIdle() {
    long keep = shared.settings().idlePerHost() == 0 ? 1 : shared.settings().idleTimeout().toNanos();
    if (streams.isEmpty() && keep > 0 && idle == null) {
      idle = shared.loop().schedule(keep, () -> {
        idle = null;
        closeIfIdle();
      });
    }
  }

  void closeIfIdle() {
    if (streams.isEmpty()) {
      close();
    }
  }

  private void leave() {
    if (!leaving) {
      leaving = true;
      host.gone(this);
      if (streams.isEmpty()) {
        close();
      }
    }
  }

  /// Says goodbye and closes.
  @Override
  public void close() {
    leaving = true;
    host.gone(this);
    EventLoop.Timer timer = idle;
    idle = null;
    if (timer != null) {
      timer.cancel();
    }
    Callback gone = Callback.from(Invocable.InvocationType.NON_BLOCKING, getSession()::disconnect, why -> getSession().disconnect());
    if (!getSession().close(ErrorCode.NO_ERROR.code, null, gone)) {
      getSession().disconnect();
    }
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    LifeCycle.stop(getSession());
    if (shared.loop().inLoop()) {
      lost();
    } else {
      shared.loop().execute(this::lost);
    }
  }

  /// What Jetty has not failed by itself.
  private void lost() {
    leaving = true;
    shared.connections().decrementAndGet();
    host.gone(this);
    EventLoop.Timer timer = idle;
    idle = null;
    if (timer != null) {
      timer.cancel();
    }
    for (StreamCarrier carrier : List.copyOf(streams)) {
      carrier.lost();
    }
  }

  /// What the session tells.
  private static final class Events implements Session.Listener {
    private @Nullable Http2Connection connection;

    private Http2Connection connection() {
      return java.util.Objects.requireNonNull(connection);
    }

    @Override
    public void onSettings(Session session, SettingsFrame frame) {
      Http2Connection here = connection();
      here.settled = true;
      Integer longest = frame.getSettings().get(SettingsFrame.MAX_HEADER_LIST_SIZE);
      if (longest != null) {
        here.headLimit = longest;
        // Jetty took it for the size of its buffers.
        here.getSession().getGenerator().getHpackEncoder().setMaxHeaderListSize(here.unwritten == 0 ? HEAD_ROOM : Math.max(longest, HEAD_ROOM));
      }
      here.shared.loop().execute(here.host::streamsFree);
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
      Http2Connection here = connection();
      here.lastTaken = Math.min(here.lastTaken, frame.getLastStreamId());
      here.leave();
    }

    @Override
    public void onFailure(Session session, Throwable why, Callback callback) {
      Http2Connection here = connection();
      here.leave();
      callback.succeeded();
    }
  }
}
