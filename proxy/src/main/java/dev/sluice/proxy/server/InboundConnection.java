package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.observe.ConnectionStates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// A client's HTTP/1.1 connection on its loop: Jetty's, with our request line, our refusals, our clock, and news of clients that leave.
///
/// One timer per connection watches four limits: time without a request, time for a head (and a TLS handshake before it), time without a byte of a body that is
/// waited for, and time without progress of a response. It is never moved, only looked at, so a request costs nothing.
final class InboundConnection extends HttpConnection implements Invocable, LoopEndPoint.Departure, ClientRequest {
  private final LoopSelector loop;
  private final Limits limits;
  private HeadParser head;
  private Heads heads;
  private EventLoop.Timer clock = () -> {};
  private EventLoop.@Nullable Timer headClock;
  private boolean underWay;
  private boolean refused;

  /// The settings of a connection, in the units it needs.
  record Limits(long idleMillis, long headNanos, long readMillis, long writeMillis, boolean halfCloseAllowed, RefusedHead.Listener refused,
      @Nullable ConnectionStates states) {
    static Limits of(LoopSettings settings) {
      return new Limits(
          settings.idleTimeout().toMillis(), settings.headTimeout().toNanos(), settings.readTimeout().toMillis(),
          settings.writeTimeout().toMillis(), settings.halfCloseAllowed(), settings.refusedHeads(), settings.states());
    }

    /// A listener's own times.
    Limits with(FurtherListeners.Timeouts own) {
      return new Limits(own.idle().toMillis(), own.head().toNanos(), own.read().toMillis(), own.write().toMillis(), halfCloseAllowed, refused, states);
    }

    long shortest() {
      long shortest = Long.MAX_VALUE;
      for (long limit : new long[] {idleMillis, readMillis, writeMillis}) {
        shortest = limit > 0 ? Math.min(shortest, limit) : shortest;
      }
      return shortest;
    }
  }

  @SuppressWarnings("NullAway.Init") // Jetty's constructor calls newRequestHandler and newHttpParser, which set them
  InboundConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint, Limits limits) {
    super(configuration, connector, endPoint);
    this.loop = Objects.requireNonNull(LoopSelector.current());
    this.limits = limits;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  /// The target of the request under way.
  @Override
  public String target() {
    return head.target();
  }

  @Override
  public boolean misdirected(String host) {
    return InboundTls.misdirected(getEndPoint(), host);
  }

  /// The socket, which is below TLS where there is TLS.
  private EndPoint transport() {
    return getEndPoint() instanceof EndPoint.Wrapper secure ? secure.unwrap() : getEndPoint();
  }

  /// Whether a request is being worked on.
  boolean underWay() {
    return underWay;
  }

  @Override
  protected RequestHandler newRequestHandler() {
    heads = new Heads();
    return heads;
  }

  @Override
  protected HttpParser newHttpParser(HttpCompliance compliance) {
    HttpConfiguration configuration = getHttpConfiguration();
    head = new HeadParser(heads, configuration.getRequestHeaderSize(), compliance);
    head.setHeaderCacheSize(configuration.getHeaderCacheSize());
    head.setHeaderCacheCaseSensitive(configuration.isHeaderCacheCaseSensitive());
    return head;
  }

  @Override
  protected HttpStreamOverHTTP1 newHttpStream(String method, String uri, HttpVersion version) {
    return new Stream(method, uri, version);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /// Jetty comes back here after each answer, on a thread of its choice.
  @Override
  public void run() {
    if (loop.inLoop()) {
      super.run();
    } else {
      loop.execute(super::run);
    }
  }

  @Override
  public void onFillable() {
    super.onFillable();
    if (head.inHead()) {
      startHeadClock();
    }
  }

  @Override
  public void onOpen() {
    long shortest = limits.shortest();
    if (shortest < Long.MAX_VALUE) {
      watch(shortest);
    }
    if (limits.headNanos > 0) {
      headClock = loop.schedule(limits.headNanos, this::headOverdue);
    }
    super.onOpen();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    clock.cancel();
    stopHeadClock();
    requestEnded();
    super.onClose(cause);
  }

  @Override
  public @Nullable ByteBuffer onUpgradeFrom() {
    ConnectionStates states = limits.states;
    if (states != null) {
      states.hijacked().increment();
    }
    return super.onUpgradeFrom();
  }

  private void watch(long millis) {
    clock = loop.schedule(TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis)), this::look);
  }

  private void look() {
    AbstractEndPoint socket = (AbstractEndPoint) getEndPoint();
    AbstractEndPoint transport = (AbstractEndPoint) transport();
    if (!socket.isOpen() || socket.getConnection() != this) {
      return;
    }
    boolean writing = socket.getWriteFlusher().isPending();
    boolean reading = underWay && socket.getFillInterest().isInterested();
    // A head has a clock of its own.
    boolean idling = !underWay && !head.inHead();
    long limit = writing ? limits.writeMillis : reading ? limits.readMillis : idling ? limits.idleMillis : 0;
    long idle = transport.getIdleFor();
    if (limit == 0 || idle < limit) {
      watch(limit == 0 ? limits.shortest() : Math.min(limits.shortest(), limit - idle));
      return;
    }
    TimeoutException timeout = new TimeoutException("no progress for " + idle + " ms");
    if (writing) {
      socket.getWriteFlusher().onFail(timeout);
    } else if (reading) {
      socket.getFillInterest().onFail(timeout);
    } else {
      socket.close();
      return;
    }
    watch(limits.shortest());
  }

  private void startHeadClock() {
    if (headClock == null && limits.headNanos > 0) {
      headClock = loop.schedule(limits.headNanos, this::headOverdue);
    }
  }

  private void stopHeadClock() {
    EventLoop.Timer timer = headClock;
    if (timer != null) {
      headClock = null;
      timer.cancel();
    }
  }

  private void headOverdue() {
    headClock = null;
    if (head.inHead()) {
      refuse(HttpStatus.REQUEST_TIMEOUT_408, "head not complete in time");
    } else if (!underWay) {
      getEndPoint().close();
    }
  }

  /// Tells the exchange under way that its client is gone.
  @Override
  public void departed(boolean reset) {
    boolean pipelined = !isRequestBufferEmpty();
    if (!underWay || !reset && (pipelined || limits.halfCloseAllowed && head.isComplete())) {
      return;
    }
    Runnable task = getHttpChannel().onRemoteFailure(new EofException(reset ? "client reset the connection" : "client closed the connection"));
    if (task != null) {
      task.run();
    }
  }

  private void requestBegan() {
    underWay = true;
    ConnectionStates states = limits.states;
    if (states != null) {
      states.active().increment();
    }
    stopHeadClock();
    loop.exchangeBegan();
  }

  private void requestEnded() {
    if (underWay) {
      underWay = false;
      loop.exchangeEnded();
      ConnectionStates states = limits.states;
      if (states != null && getEndPoint().isOpen() && isPersistent()) {
        states.idle().increment();
      }
    }
  }

  /// Answers a head that is no request, and closes. Jetty's channel takes no part: nothing of the exchange has begun.
  private void refuse(int status, String reason) {
    if (refused) {
      return;
    }
    refused = true;
    stopHeadClock();
    requestEnded();
    EndPoint socket = getEndPoint();
    limits.refused.refused(new RefusedHead(socket.getRemoteSocketAddress(), status, reason, head.requestLine()), loop());
    socket.setConnection(new Refused(socket));
    if (transport() instanceof LoopEndPoint loopEndPoint) {
      loopEndPoint.lingerOnClose();
    }
    socket.write(Callback.from(InvocationType.NON_BLOCKING, socket::close, x -> socket.close()), answer(status, reason));
  }

  private static ByteBuffer answer(int status, String reason) {
    String phrase = status + " " + HttpStatus.getMessage(status);
    String body = status == HttpStatus.EXPECTATION_FAILED_417 ? "" : phrase + ": " + reason;
    String text = "HTTP/1.1 " + phrase + "\r\n"
        + (body.isEmpty() ? "" : "Content-Type: text/plain; charset=utf-8\r\n")
        + (status == HttpStatus.METHOD_NOT_ALLOWED_405 ? "Allow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r\n" : "")
        + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Takes the place of a connection whose head was refused: reads nothing more.
  private final class Refused extends AbstractConnection {
    private Refused(EndPoint socket) {
      super(socket, InboundConnection.this.getExecutor());
    }

    @Override
    public void onFillable() {}

    @Override
    public void onClose(@Nullable Throwable cause) {
      InboundConnection.this.onClose(cause);
    }
  }

  private final class Heads extends RequestHandler {
    @Override
    public boolean headerComplete() {
      boolean handle = super.headerComplete();
      requestBegan();
      return handle;
    }

    /// Only trailers that may come late (RFC 9110 §6.5.1) are kept.
    @Override
    public void parsedTrailer(HttpField field) {
      if (RequestTrailers.allow(field)) {
        super.parsedTrailer(field);
      }
    }

    @Override
    public void badMessage(HttpException failure) {
      String reason = failure.getReason();
      // Jetty says 426 to the text of an HTTP/2 preface.
      int status = failure.getCode() == HttpStatus.UPGRADE_REQUIRED_426 ? HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 : failure.getCode();
      refuse(status, reason == null ? "malformed request" : reason);
    }
  }

  private final class Stream extends HttpStreamOverHTTP1 {
    private final boolean version10;
    private boolean authorized;
    private boolean proxyAuthorized;

    private Stream(String method, String uri, HttpVersion version) {
      super(method, uri, version);
      version10 = version == HttpVersion.HTTP_1_0;
    }

    @Override
    public void parsedHeader(HttpField field) {
      HttpHeader header = field.getHeader();
      if (header == null) {
        super.parsedHeader(field);
        return;
      }
      switch (header) {
        case HOST -> {
          if (!HostRule.allows(field.getValue())) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "malformed Host header");
          }
          super.parsedHeader(field);
        }
        case TRANSFER_ENCODING -> {
          checkCoding(field.getValue());
          super.parsedHeader(field);
        }
        case AUTHORIZATION -> {
          once(authorized, header);
          authorized = true;
          super.parsedHeader(field);
        }
        case PROXY_AUTHORIZATION -> {
          once(proxyAuthorized, header);
          proxyAuthorized = true;
          super.parsedHeader(field);
        }
        case UPGRADE -> unseen(field);
        case EXPECT -> {
          if (version10) {
            unseen(field);
          } else {
            super.parsedHeader(field);
          }
        }
        default -> super.parsedHeader(field);
      }
    }

    /// Which of two credentials counts would be a matter of taste (RFC 9110 §5.3).
    private static void once(boolean before, HttpHeader header) {
      if (before) {
        throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "two " + header.asString() + " headers");
      }
    }

    /// Keeps the line, but lets Jetty do nothing about it: upgrades are the pipeline's, and HTTP/1.0 knows no expectations (RFC 9110 §10.1.1).
    private void unseen(HttpField field) {
      UnseenField unseen = new UnseenField(field);
      super.parsedHeader(unseen);
      unseen.seen = true;
    }

    private void checkCoding(String value) {
      if (version10) {
        throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "Transfer-Encoding in HTTP/1.0");
      }
      if (!value.equalsIgnoreCase("chunked")) {
        boolean wellFormed = value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+([ \t]*,[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+)*");
        throw new HttpException.RuntimeException(wellFormed ? HttpStatus.NOT_IMPLEMENTED_501 : HttpStatus.BAD_REQUEST_400, "unsupported transfer encoding");
      }
    }

    @Override
    public void succeeded() {
      requestEnded();
      super.succeeded();
    }

    @Override
    public void failed(Throwable x) {
      requestEnded();
      // The answer went out whole and only the request was not read to its end: the client shall still get the answer.
      if (getGenerator().isEnd() && transport() instanceof LoopEndPoint socket) {
        socket.lingerOnClose();
      }
      super.failed(x);
    }
  }

  private static final class UnseenField extends HttpField {
    private boolean seen;

    private UnseenField(HttpField field) {
      super(field.getHeader(), field.getName(), field.getValue());
    }

    @Override
    public @Nullable HttpHeader getHeader() {
      return seen ? super.getHeader() : null;
    }
  }
}
