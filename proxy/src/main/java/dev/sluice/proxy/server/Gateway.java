package dev.sluice.proxy.server;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.proxy.breaker.BreakerRegistry;
import dev.sluice.proxy.balance.PassiveHealth;
import dev.sluice.proxy.balance.ProbeRegistry;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.forward.GatewayBackends;
import dev.sluice.proxy.forward.RetryBudget;
import dev.sluice.proxy.limit.GlobalLimits;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.proxy.observe.ConnectionStates;
import dev.sluice.proxy.observe.CustomMetrics;
import dev.sluice.proxy.pipeline.LoopContext;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.proxy.pipeline.PipelineSettings;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.predicate.ShutdownSignal;
import dev.sluice.routes.source.FeedState;
import dev.sluice.routes.source.RouteFeed;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/// One running gateway: listeners, loops, routes, logs. Several may run in one process.
public final class Gateway implements AutoCloseable {
  private static final Duration UPGRADE_DIAL = Duration.ofSeconds(30);
  private static final Duration FIRST_LOAD = Duration.ofDays(1);

  private final GatewaySettings settings;
  private final GatewayServices services;
  private final Observation observation;
  private final RouteFeed feed;
  private final TlsOptions tls;
  private final LoopServer server;
  private final LoopContext[] loops;

  private Gateway(GatewaySettings settings, Catalog catalog, Path directory, PrintStream out) throws StartProblem {
    this.settings = settings;
    PassiveHealth health = health(settings);
    services = new GatewayServices(settings, InstantSource.system());
    observation = new Observation(settings, LoopOptions.loops(settings), services, directory, out);
    CurrentTable tables = new CurrentTable(IndexedTable.empty());
    EndpointRegistry endpoints = new EndpointRegistry(services.nanoTime(), services.clock(), health, observation.log().logger());
    ProbeRegistry probes = new ProbeRegistry(observation.log().logger());
    GatewayBackends backends = new GatewayBackends(catalog, endpoints, probes, CustomMetrics.of(services), random());
    RouteCompiler compiler = new RouteCompiler(services, backends, settings.get(RequestFlags.IGNORE_TRAILING_SLASH));
    feed = new RouteFeed(RouteSources.of(settings, services, catalog, directory, observation.log().logger()), compiler, tables);
    GatewayHandler handler = new GatewayHandler(RequestOptions.of(settings), ForwardedHeaders.of(settings),
        RefusedPayload.of(settings), tables, observation);
    tls = new TlsOptions(settings, directory, observation.log());
    server = new LoopServer(LoopOptions.of(settings, tls, directory, observation::refusedHead, states()), handler);
    GlobalLimits limits = limits();
    loops = new LoopContext[LoopOptions.loops(settings)];
    RetryBudget.Common retries = new RetryBudget.Common(services.nanoTime());
    server.whenLoopsRun(() -> {
      for (EventLoop loop : server.loops()) {
        loops[loop.index()] = new LoopContext(loop, server.upstream(loop), new RetryBudget(retries),
            observation.counters(loop.index()));
        server.delays(loop, observation.counters(loop.index())::delayed);
      }
      probes.open(server.loops(), server::upstream);
      observation.shows(() -> server.view(endpoints.views(), probes.views()));
      handler.open(new Pipeline(pipelineSettings(settings), loops, limits, observation.log(), observation));
    });
  }

  private @Nullable ConnectionStates states() {
    return settings.get(ListenerFlags.ENABLE_CONNECTION_METRICS) ? ConnectionStates.shown(CustomMetrics.of(services)) : null;
  }

  private GlobalLimits limits() throws StartProblem {
    try {
      return GlobalLimits.of(services);
    } catch (IllegalArgumentException e) {
      throw new StartProblem(String.valueOf(e.getMessage()));
    }
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
    observation.open(feed::state);
    List<Diagnostic> fatal = feed.awaitStartProblems();
    if (!fatal.isEmpty()) {
      throw new StartProblem(fatal.getFirst().message());
    }
    if (settings.get(RouteFlags.WAIT_FIRST_ROUTE_LOAD)) {
      feed.awaitFirstLoad(FIRST_LOAD);
      if (feed.state().hasBrokenSource() && feed.state().table().routes().isEmpty()) {
        throw new StartProblem("the routes cannot be read");
      }
    }
    try {
      server.start();
    } catch (IOException e) {
      boolean one = settings.get(ListenerFlags.LISTENERS).isEmpty() && settings.get(ListenerFlags.DEBUG_LISTENER).isEmpty();
      throw new StartProblem((one ? "-address " + settings.get(ListenerFlags.ADDRESS) + ": " : "") + e.getMessage());
    }
    // A quarter of the time to start; nothing that is answered at once needs it.
    tls.prepare();
    observation.readiness().up();
    observation.log().info("listening on " + settings.get(ListenerFlags.ADDRESS));
  }

  private static @Nullable PassiveHealth health(GatewaySettings settings) throws StartProblem {
    try {
      return PassiveHealth.of(settings.get(BackendFlags.PASSIVE_HEALTH_CHECK));
    } catch (IllegalArgumentException problem) {
      throw new StartProblem("-" + BackendFlags.PASSIVE_HEALTH_CHECK.name() + ": " + problem.getMessage());
    }
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

  private PipelineSettings pipelineSettings(GatewaySettings settings) {
    int loopbacks = settings.get(RequestFlags.MAX_LOOPBACKS);
    long body = settings.get(RequestFlags.MAX_CONTENT_LENGTH);
    int status = settings.get(RequestFlags.DEFAULT_HTTP_STATUS);
    String via = settings.get(RequestFlags.VIA).strip();
    Duration upgradeDial = settings.get(BackendFlags.UPGRADE_DIAL_TIMEOUT);
    return new PipelineSettings(
        loopbacks == 0 ? 10 : Math.max(0, loopbacks) + 1,
        settings.get(BackendFlags.PROXY_PRESERVE_HOST),
        status >= 200 && status <= 511 ? status : 404,
        body <= 0 ? Long.MAX_VALUE : body,
        settings.get(ListenerFlags.READ_TIMEOUT_SERVER).toNanos(),
        settings.given(ListenerFlags.WRITE_TIMEOUT_SERVER) ? settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER).toNanos() : 0,
        settings.get(ListenerFlags.KEEPALIVE_REQUESTS_SERVER),
        settings.get(ListenerFlags.KEEPALIVE_SERVER).toMillis(),
        settings.get(BackendFlags.TIMEOUT_BACKEND).toNanos(),
        upgradeDial.isZero() ? UPGRADE_DIAL.toNanos() : Math.max(0, upgradeDial.toNanos()),
        settings.get(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND).toNanos(),
        0,
        BreakerRegistry.of(services).standard(),
        via.isEmpty() ? null : new PreEncodedHttpField(HttpHeader.VIA, "1.1 " + via),
        states());
  }

  /// Where it listens, with the ports it was given.
  public List<InetSocketAddress> addresses() {
    try {
      return server.addresses();
    } catch (IOException e) {
      throw new IllegalStateException("the gateway does not listen", e);
    }
  }

  /// Where the admin listener is, or null when there is none.
  public @Nullable InetSocketAddress adminAddress() {
    return observation.adminAddress();
  }

  public FeedState routes() {
    return feed.state();
  }

  public ApplicationLog log() {
    return observation.log();
  }

  /// The engine, for tests that count what it does.
  LoopServer server() {
    return server;
  }

  /// From now on [dev.sluice.routes.spi.Services] say that the gateway is about to end; it serves as before.
  public void shuttingDown() {
    observation.readiness().shuttingDown();
    ShutdownSignal.of(services).give();
  }

  /// Stops listening, lets exchanges under way end, then closes.
  ///
  /// @param longest how long to wait for them
  public void stop(Duration longest) throws InterruptedException {
    observation.readiness().shuttingDown();
    observation.log().info("shutting down: no new connections, " + server.exchanges() + " exchanges under way");
    server.stop(longest);
    close();
  }

  /// Closes everything at once. Idempotent.
  @Override
  public void close() {
    feed.close();
    server.close();
    tls.close();
    services.close();
    observation.close();
  }
}
