package dev.sluice.proxy.server;

import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.forward.GatewayBackends;
import dev.sluice.proxy.forward.RetryBudget;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.AccessLog;
import dev.sluice.proxy.observe.AccessLogFormat;
import dev.sluice.proxy.observe.AccessRecord;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.proxy.observe.LoopCounters;
import dev.sluice.proxy.pipeline.LoopContext;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.proxy.pipeline.PipelineSettings;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.predicate.ShutdownSignal;
import dev.sluice.routes.source.FeedState;
import dev.sluice.routes.source.RouteFeed;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// One running gateway: listeners, loops, routes, logs. Several may run in one process.
public final class Gateway implements AutoCloseable {
  private static final Duration FIRST_LOAD = Duration.ofDays(1);

  private final GatewaySettings settings;
  private final ApplicationLog log;
  private final @Nullable AccessLog accessLog;
  private final GatewayServices services;
  private final RouteFeed feed;
  private final LoopServer server;
  private final LoopContext[] loops;

  private Gateway(GatewaySettings settings, Catalog catalog, Path directory, PrintStream out) throws StartProblem {
    this.settings = settings;
    this.log = applicationLog(settings, out);
    InstantSource clock = InstantSource.system();
    services = new GatewayServices(settings, clock);
    CurrentTable tables = new CurrentTable(IndexedTable.empty());
    GatewayBackends backends = new GatewayBackends(catalog, new EndpointRegistry(), random());
    RouteCompiler compiler = new RouteCompiler(services, backends, settings.get(RequestFlags.IGNORE_TRAILING_SLASH));
    feed = new RouteFeed(RouteSources.of(settings, catalog, directory, log.logger()), compiler, tables);
    GatewayHandler handler = new GatewayHandler(RequestOptions.of(settings), ForwardedHeaders.of(settings),
        RefusedPayload.of(settings), tables, this::refused);
    server = new LoopServer(LoopOptions.of(settings, this::refusedHead), handler);
    loops = new LoopContext[LoopOptions.loops(settings)];
    accessLog = settings.get(LogFlags.ACCESS_LOG_DISABLED) ? null : accessLog(settings, loops.length, out);
    server.whenLoopsRun(() -> {
      for (EventLoop loop : server.loops()) {
        loops[loop.index()] = new LoopContext(loop, server.upstream(loop), new RetryBudget(System::nanoTime), new LoopCounters());
      }
      handler.open(new Pipeline(pipelineSettings(settings), loops, log, this::ended));
    });
  }

  /// Starts a gateway.
  ///
  /// @param directory what relative paths in flags are relative to
  /// @param out where the logs go unless flags name files
  /// @return a gateway that listens
  /// @throws StartProblem when it cannot start; nothing is left open then
  public static Gateway start(GatewaySettings settings, Catalog catalog, Path directory, PrintStream out)
      throws StartProblem, InterruptedException {
    Gateway gateway = new Gateway(settings, catalog, directory, out);
    try {
      gateway.open();
    } catch (StartProblem | InterruptedException | RuntimeException e) {
      gateway.close();
      throw e;
    }
    return gateway;
  }

  private void open() throws StartProblem, InterruptedException {
    feed.start();
    if (settings.get(RouteFlags.WAIT_FIRST_ROUTE_LOAD)) {
      feed.awaitFirstLoad(FIRST_LOAD);
      if (feed.state().hasBrokenSource() && feed.state().table().routes().isEmpty()) {
        throw new StartProblem("the routes cannot be read");
      }
    }
    try {
      server.start();
    } catch (IOException e) {
      throw new StartProblem("-address " + settings.get(ListenerFlags.ADDRESS) + ": " + e.getMessage());
    }
    log.info("listening on " + settings.get(ListenerFlags.ADDRESS));
  }

  private static ApplicationLog applicationLog(GatewaySettings settings, PrintStream out) {
    ApplicationLog.Level level = switch (settings.get(LogFlags.APPLICATION_LOG_LEVEL).toUpperCase(java.util.Locale.ROOT)) {
      case "DEBUG", "TRACE" -> ApplicationLog.Level.DEBUG;
      case "WARN", "WARNING" -> ApplicationLog.Level.WARN;
      case "ERROR", "FATAL", "PANIC" -> ApplicationLog.Level.ERROR;
      default -> ApplicationLog.Level.INFO;
    };
    return new ApplicationLog(out, InstantSource.system(), level, settings.get(LogFlags.APPLICATION_LOG_PREFIX),
        settings.get(LogFlags.APPLICATION_LOG_JSON_ENABLED));
  }

  private static AccessLog accessLog(GatewaySettings settings, int loops, PrintStream out) {
    boolean strip = settings.get(LogFlags.ACCESS_LOG_STRIP_QUERY);
    ZoneId zone = ZoneId.systemDefault();
    AccessLogFormat format = settings.get(LogFlags.ACCESS_LOG_JSON_ENABLED)
        ? AccessLogFormat.json(zone, strip)
        : AccessLogFormat.combined(zone, strip);
    return new AccessLog(loops, format, out);
  }

  private static RandomGenerator random() {
    SplittableRandom seeds = new SplittableRandom();
    ThreadLocal<SplittableRandom> own = ThreadLocal.withInitial(() -> {
      synchronized (seeds) {
        return seeds.split();
      }
    });
    return () -> own.get().nextLong();
  }

  private static PipelineSettings pipelineSettings(GatewaySettings settings) {
    int loopbacks = settings.get(RequestFlags.MAX_LOOPBACKS);
    long body = settings.get(RequestFlags.MAX_CONTENT_LENGTH);
    int status = settings.get(RequestFlags.DEFAULT_HTTP_STATUS);
    return new PipelineSettings(
        loopbacks == 0 ? 10 : Math.max(0, loopbacks) + 1,
        settings.get(BackendFlags.PROXY_PRESERVE_HOST),
        status >= 200 && status <= 511 ? status : 404,
        body <= 0 ? Long.MAX_VALUE : body,
        settings.given(ListenerFlags.WRITE_TIMEOUT_SERVER) ? settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER).toNanos() : 0,
        settings.get(ListenerFlags.KEEPALIVE_REQUESTS_SERVER),
        settings.get(ListenerFlags.KEEPALIVE_SERVER).toMillis(),
        settings.get(BackendFlags.TIMEOUT_BACKEND).toNanos(),
        settings.get(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND).toNanos(),
        0);
  }

  private void ended(GatewayExchange x, int status, @Nullable Failure failure) {
    long nanos = System.nanoTime() - x.began();
    loops[x.loop().index()].counters().ended(status, failure == null ? null : failure.kind(), nanos, x.responseBytes);
    AccessLog to = accessLog;
    if (to != null) {
      to.log(x.loop().index(), new AccessRecord(System.currentTimeMillis(), nanos, x.request().peerText(),
          x.jettyRequest().getMethod(), x.request().receivedTarget(), x.request().protocol(), status, x.responseBytes,
          x.request().host(), x.request().fields(), failure == null ? null : failure.kind().token(), null));
    }
    if (failure != null && failure.kind() != Failure.Kind.NO_ROUTE && failure.kind() != Failure.Kind.CLIENT_GONE) {
      log.error(failure.kind().token() + ": " + x.routeOfLog() + (x.endpoint == null ? "" : ", backend " + x.endpoint) + ", status " + status
          + (failure.detail() == null ? "" : ": " + failure.detail()));
    }
  }

  private void refused(EventLoop loop, Request request, String target, int status, long bytes) {
    SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
    refused(loop, remote, request.getMethod(), target, request.getConnectionMetaData().getHttpVersion().asString(), status, bytes);
  }

  private void refusedHead(RefusedHead head, EventLoop loop) {
    String[] parts = head.requestLine().split(" ", 3);
    refused(loop, head.remote(), parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "", head.status(), 0);
  }

  private void refused(
      EventLoop loop, SocketAddress remote, String method, String target, String protocol, int status, long bytes) {
    loops[loop.index()].counters().ended(status, Failure.Kind.BAD_REQUEST, 0, bytes);
    AccessLog to = accessLog;
    if (to != null) {
      String peer = remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "";
      to.log(loop.index(), new AccessRecord(System.currentTimeMillis(), 0, peer, method, target, protocol, status, bytes, "", null,
          Failure.Kind.BAD_REQUEST.token(), null));
    }
  }

  /// Where it listens, with the ports it was given.
  public List<InetSocketAddress> addresses() {
    try {
      return server.addresses();
    } catch (IOException e) {
      throw new IllegalStateException("the gateway does not listen", e);
    }
  }

  public FeedState routes() {
    return feed.state();
  }

  public ApplicationLog log() {
    return log;
  }

  /// The engine, for tests that count what it does.
  LoopServer server() {
    return server;
  }

  /// From now on [dev.sluice.routes.spi.Services] say that the gateway is about to end; it serves as before.
  public void shuttingDown() {
    ShutdownSignal.of(services).give();
  }

  /// Stops listening, lets exchanges under way end, then closes.
  ///
  /// @param longest how long to wait for them
  public void stop(Duration longest) throws InterruptedException {
    log.info("shutting down: no new connections, " + server.exchanges() + " exchanges under way");
    server.stop(longest);
    close();
  }

  /// Closes everything at once. Idempotent.
  @Override
  public void close() {
    feed.close();
    server.close();
    services.close();
    AccessLog writing = accessLog;
    if (writing != null) {
      writing.close();
    }
  }
}
