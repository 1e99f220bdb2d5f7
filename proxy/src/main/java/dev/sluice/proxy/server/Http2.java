package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.LoopSelector;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.hpack.HpackEncoder;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;

/// Our HTTP/2 connections for Jetty's connector, over TLS (ALPN `h2`) and without.
final class Http2 extends HTTP2ServerConnectionFactory {
  /// Requests under way at once on a connection; more are refused (REFUSED_STREAM). As Go's net/http, and so Skipper, has it.
  static final int MAX_STREAMS = 250;

  /// Bytes of bodies that a client may send ahead of what backends take: for one request, and for all of a connection. Together they bound the memory that
  /// a client can hold.
  static final int STREAM_WINDOW = 512 << 10;

  static final int CONNECTION_WINDOW = 1 << 20;

  /// Settings that a client may send in all: there are eight, and clients send them once or twice.
  static final int MAX_SETTINGS = 64;

  /// Longest response head. Jetty takes a buffer of this size for each head, and the pool keeps none larger than 64 KiB: more would be a new
  /// direct buffer for each answer.
  private static final int HEAD_ROOM = 64 << 10;

  private final InboundConnection.Limits limits;
  private final Set<InboundHttp2> connections = ConcurrentHashMap.newKeySet();

  Http2(HttpConfiguration configuration, LoopSettings settings) {
    super(configuration);
    // Http2Head has the rules for hosts, and a line in the log for those that are none.
    configuration.setHttpCompliance(LoopServer.HTTP.with("SLUICE-2", HttpCompliance.Violation.DUPLICATE_HOST_HEADERS));
    // Jetty's own would look for HTTP/3 with each request.
    configuration.getCustomizers().clear();
    limits = InboundConnection.Limits.of(settings);
    setMaxConcurrentStreams(MAX_STREAMS);
    setInitialStreamRecvWindow(STREAM_WINDOW);
    setInitialSessionRecvWindow(CONNECTION_WINDOW);
    setMaxSettingsKeys(MAX_SETTINGS);
    // WebSocket over HTTP/2 (RFC 8441).
    setConnectProtocolEnabled(true);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConfiguration http = getHttpConfiguration();
    LoopSelector loop = Objects.requireNonNull(LoopSelector.current());
    ServerSessionListener listener = newSessionListener(connector, endPoint);
    Generator generator = new Generator(connector.getByteBufferPool(), isUseOutputDirectByteBuffers(), getMaxHeaderBlockFragment());
    HpackEncoder encoder = generator.getHpackEncoder();
    encoder.setMaxHeaderListSize(Math.min(http.getMaxResponseHeaderSize(), HEAD_ROOM));
    FloodControl floods = new FloodControl();
    Http2Parser parser = new Http2Parser(connector.getByteBufferPool(), http.getRequestHeaderSize(), floods);
    parser.setMaxSettingsKeys(getMaxSettingsKeys());
    InboundSession session = new InboundSession(
        connector, endPoint, loop, limits.states(), parser, floods, generator, listener, getFlowControlStrategyFactory().newFlowControlStrategy());
    session.setMaxLocalStreams(0);
    session.setMaxRemoteStreams(getMaxConcurrentStreams());
    session.setMaxEncoderTableCapacity(getMaxEncoderTableCapacity());
    session.setInitialSessionRecvWindow(getInitialSessionRecvWindow());
    session.setWriteThreshold(http.getOutputBufferSize());
    session.setConnectProtocolEnabled(isConnectProtocolEnabled());
    FurtherListeners.Timeouts own = LoopServer.listener(endPoint).timeouts();
    InboundHttp2 connection = new InboundHttp2(connector, endPoint, http, session, listener, own == null ? limits : limits.with(own), this);
    connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
    connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
    parser.init(connection);
    return configure(connection, connector, endPoint);
  }

  @Override
  protected Map<Integer, Integer> newSettings() {
    Map<Integer, Integer> settings = super.newSettings();
    settings.put(SettingsFrame.MAX_HEADER_LIST_SIZE, getHttpConfiguration().getRequestHeaderSize());
    return settings;
  }

  @Override
  protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
    return new HTTPServerSessionListener(endPoint) {
      @Override
      public void onStreamFailure(Stream stream, Throwable failure, Callback callback) {
        ((InboundHttp2) endPoint.getConnection()).malformed(stream, failure);
        callback.succeeded();
      }
    };
  }

  void opened(InboundHttp2 connection) {
    connections.add(connection);
  }

  void closed(InboundHttp2 connection) {
    connections.remove(connection);
  }

  /// Tells all clients to send no further requests here.
  void shutdown() {
    connections.forEach(InboundHttp2::shutdown);
  }
}
