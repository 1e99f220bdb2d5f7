package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.filter.auth.AuthAttributes;
import dev.sluice.proxy.filter.log.AccessLogRule;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.AccessLog;
import dev.sluice.proxy.observe.AccessLogControl;
import dev.sluice.proxy.observe.AccessRecord;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.proxy.observe.CustomMetrics;
import dev.sluice.proxy.observe.EngineView;
import dev.sluice.proxy.observe.FeedView;
import dev.sluice.proxy.observe.FilterLog;
import dev.sluice.proxy.observe.GatewayMetrics;
import dev.sluice.proxy.observe.LogFile;
import dev.sluice.proxy.observe.LoopCounters;
import dev.sluice.proxy.observe.RoutesView;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.source.FeedState;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Services;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What others see of one gateway: its logs, its metrics, and its admin listener. What it records of requests runs on their loops.
final class Observation implements Pipeline.ExchangeEnd, GatewayHandler.Refusals, AutoCloseable {
  private final GatewaySettings settings;
  private final InstantSource clock;
  private final ApplicationLog log;
  private final AccessLog accessLog;
  private final boolean usuallyLogged;
  private final GatewayMetrics metrics;
  private final Readiness readiness = new Readiness();
  private final List<LogFile> files = new ArrayList<>(2);
  private volatile Supplier<RoutesView> routes;
  private @Nullable AdminServer admin;

  /// @param directory what relative paths in flags are relative to
  /// @param out where logs go unless flags name files; not closed
  Observation(GatewaySettings settings, int loops, Services services, Path directory, PrintStream out) throws StartProblem {
    this.settings = settings;
    this.clock = services.clock();
    this.usuallyLogged = !settings.get(LogFlags.ACCESS_LOG_DISABLED);
    this.routes = () -> RoutesView.EMPTY;
    var options = ObserveSettings.metrics(settings);
    var format = ObserveSettings.accessLog(settings);
    String application = settings.get(LogFlags.APPLICATION_LOG);
    String access = settings.get(LogFlags.ACCESS_LOG);
    LogFile applicationFile = application.isEmpty() ? null : ObserveSettings.open(LogFlags.APPLICATION_LOG, application, directory);
    LogFile accessFile = access.isEmpty() ? null : ObserveSettings.open(LogFlags.ACCESS_LOG, access, directory);
    PrintStream lines = applicationFile == null ? out : new PrintStream(applicationFile, false, StandardCharsets.UTF_8);
    this.log = new ApplicationLog(lines, clock, ObserveSettings.level(settings),
        settings.get(LogFlags.APPLICATION_LOG_PREFIX), settings.get(LogFlags.APPLICATION_LOG_JSON_ENABLED));
    keep(applicationFile);
    keep(accessFile);
    OutputStream records = accessFile == null ? out : accessFile;
    this.accessLog = new AccessLog(loops, format, records);
    this.metrics = new GatewayMetrics(
        options, loops, CustomMetrics.of(services), () -> routes.get(), accessLog::dropped, log::dropped, services.nanoTime());
    FilterLog.of(services).to(log);
  }

  private void keep(@Nullable LogFile file) {
    if (file != null) {
      files.add(file);
    }
  }

  /// Opens the admin listener, if there is to be one. It says that the gateway is not ready until [Readiness#up].
  ///
  /// @param states of the route feed
  void open(Supplier<FeedState> states) throws StartProblem {
    routes = FeedView.of(states);
    AdminServer opened = AdminServer.of(settings, metrics, routes, readiness);
    admin = opened;
    if (opened != null) {
      opened.start();
    }
  }

  ApplicationLog log() {
    return log;
  }

  Readiness readiness() {
    return readiness;
  }

  /// From now on this is shown.
  void shows(Supplier<EngineView> engine) {
    metrics.shows(engine);
  }

  LoopCounters counters(int loop) {
    return metrics.loop(loop);
  }

  /// Where the admin listener is, or null.
  @Nullable InetSocketAddress adminAddress() {
    AdminServer open = admin;
    return open == null ? null : open.address();
  }

  /// Begins log files anew, as after a rename.
  void reopenFiles() {
    files.forEach(LogFile::reopen);
  }

  @Override
  public void ended(GatewayExchange x, int status, @Nullable Failure failure) {
    long now = System.nanoTime();
    long nanos = now - x.began();
    int loop = x.loop().index();
    InboundRequest request = x.request();
    Failure.Kind kind = failure == null ? null : failure.kind();
    boolean broken = kind != null && kind.status() != status && x.jettyResponse().isCommitted();
    if (!x.described) {
      LoopCounters counters = metrics.loop(loop);
      counters.table(x.table().version());
      if (x.headTime != 0) {
        counters.worked(x.ownRequestNanos, x.ownResponseNanos);
      }
      counters.ended(x.firstRoute(), request.host(), x.jettyRequest().getMethod(), status, kind, broken, nanos,
          x.headTime == 0 ? 0 : now - x.headTime, x.responseBytes);
    }
    AccessLogRule rule = request.attributes().get(AccessLogRule.KEY);
    if (rule == null ? usuallyLogged : rule.logs(status)) {
      accessLog.log(loop, new AccessRecord(clock.millis(), now, nanos, request.peerText(), x.jettyRequest().getMethod(),
          request.receivedTarget(), request.protocol(), status, x.responseBytes, request.host(), request.fields(),
          kind == null ? null : kind.token(), broken, request.attributes().get(AuthAttributes.USER),
          AccessLogControl.of(request.attributes())));
    }
    if (failure != null && !x.described && kind != Failure.Kind.NO_ROUTE && kind != Failure.Kind.CLIENT_GONE) {
      log.error(failure.kind().token() + ": " + x.routeOfLog() + (x.endpoint == null ? "" : ", backend " + x.endpoint) + ", status " + status
          + (failure.detail() == null ? "" : ": " + failure.detail()));
    }
  }

  @Override
  public void oddQuery(Request request, String target) {
    int query = target.indexOf('?');
    log.info("Invalid query: " + Request.getRemoteAddr(request) + ":" + Request.getRemotePort(request) + " -> " + request.getHeaders().get(HttpHeader.HOST) + " "
        + target.substring(0, Math.min(query, 1024)) + " " + request.getMethod());
  }

  @Override
  public void refused(EventLoop loop, Request request, String target, int status, long bytes) {
    String line = request.getMethod() + " " + target + " " + request.getConnectionMetaData().getHttpVersion().asString();
    refused(loop, request.getConnectionMetaData().getRemoteSocketAddress(), line, status, bytes);
  }

  /// A head was answered and cut off before any handler saw it.
  void refusedHead(RefusedHead head, EventLoop loop) {
    refused(loop, head.remote(), head.requestLine(), head.status(), 0);
  }

  private void refused(EventLoop loop, SocketAddress remote, String line, int status, long bytes) {
    Failure.Kind kind = kind(status);
    metrics.loop(loop.index()).refused(status, kind, 0, bytes);
    if (usuallyLogged) {
      String peer = remote instanceof InetSocketAddress inet ? IpAddress.of(inet.getAddress()).toString() : "";
      accessLog.log(loop.index(), AccessRecord.refused(clock.millis(), System.nanoTime(), peer, line, status, bytes, kind.token()));
    }
  }

  private static Failure.Kind kind(int status) {
    return switch (status) {
      case 408 -> Failure.Kind.REQUEST_TIMEOUT;
      case 413 -> Failure.Kind.BODY_TOO_LARGE;
      case 431 -> Failure.Kind.HEAD_TOO_LARGE;
      case 503 -> Failure.Kind.SHUTDOWN;
      default -> Failure.Kind.BAD_REQUEST;
    };
  }

  /// Writes what is there and closes. No loop may run any more. Idempotent.
  @Override
  public void close() {
    AdminServer open = admin;
    if (open != null) {
      open.close();
    }
    accessLog.close();
    log.close();
    for (LogFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        // nothing is left to be written
      }
    }
  }
}
