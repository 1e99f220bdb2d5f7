package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.Counters;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopExecutor;
import dev.sluice.proxy.loop.LoopPool;
import dev.sluice.proxy.loop.LoopScheduler;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.observe.EngineView;
import dev.sluice.proxy.upstream.Dialer;
import dev.sluice.proxy.upstream.LoopUpstream;
import dev.sluice.proxy.upstream.Resolver;
import dev.sluice.proxy.upstream.Upstream;
import dev.sluice.proxy.upstream.UpstreamSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;

/// Jetty's server as N event loops, each a selector with one thread that owns its clients' connections and those to backends.
///
/// The handler is called on the client's loop and must not block. Callbacks and tasks that it hands to Jetty must say that they do not block
/// ([org.eclipse.jetty.util.thread.Invocable.InvocationType#NON_BLOCKING]); Jetty runs them on the loop then.
public final class LoopServer implements AutoCloseable {
  /// What is accepted beyond the letter of RFC 9112: equal Content-Length lines count once (RFC 9112 §6.3), and hosts are held to our own rule.
  static final HttpCompliance HTTP =
      HttpCompliance.STRICT.with("SLUICE", Violation.MULTIPLE_CONTENT_LENGTHS, Violation.UNSAFE_HOST_HEADER);

  /// Nothing is allowed and nothing is asked: Jetty sees the target `/` only.
  static final UriCompliance URI = new UriCompliance("SLUICE", EnumSet.noneOf(UriCompliance.Violation.class));

  private static final ListenerSettings NO_LISTENER = ListenerSettings.main(new InetSocketAddress(0));

  private final LoopSettings settings;
  private final Server server;
  private final LoopPool pool;
  private final Http2 http2;
  private final LoopConnector connector;
  private final Resolver resolver;
  private final Dialer.Separate separate;
  private final AtomicInteger next = new AtomicInteger();
  private List<Upstream> upstreams = List.of();
  private Runnable whenLoopsRun = () -> {};

  public LoopServer(LoopSettings settings, Handler handler) {
    this(settings, handler, new ArrayByteBufferPool());
  }

  /// @param buffers where all buffers of the server and its upstreams come from
  public LoopServer(LoopSettings settings, Handler handler, ByteBufferPool buffers) {
    this.settings = settings;
    LoopScheduler timers = new LoopScheduler();
    pool = new LoopPool(settings.tricks().trampoline(), 64 + settings.loops());
    server = new Server(pool, timers, buffers);
    http2 = new Http2(configuration(settings), settings);
    connector = new LoopConnector(
        server, new LoopExecutor(pool, settings.tricks().trampoline()), timers, buffers, settings, this::loopsRun,
        new Http1(configuration(settings), settings), http2);
    server.addConnector(connector);
    server.setHandler(new Entry(handler));
    server.setErrorHandler(new PlainErrors());
    resolver = new Resolver(settings.upstream().dnsTtl());
    separate = new Dialer.Separate(pool, timers);
  }

  private static HttpConfiguration configuration(LoopSettings settings) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setHttpCompliance(HTTP);
    configuration.setUriCompliance(URI);
    configuration.setRequestHeaderSize(settings.maxHeadBytes());
    configuration.setResponseHeaderSize(4096);
    configuration.setMaxResponseHeaderSize(settings.maxResponseHeadBytes());
    configuration.setInputBufferSize(settings.inputBufferSize());
    configuration.setHeaderCacheSize(1024);
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    configuration.setSendXPoweredBy(false);
    configuration.setNotifyRemoteAsyncErrors(true);
    configuration.setIdleTimeout(-1);
    return configuration;
  }

  /// Opens the listeners and starts the loops.
  ///
  /// @throws IOException when an address cannot be listened on; nothing is open then
  public void start() throws IOException {
    try {
      server.start();
      if (!settings.tricks().sharedSelector()) {
        separate.start();
      }
    } catch (Exception e) {
      close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
    awaitLoops();
  }

  /// What has to be done between the start of the loops and the first connection. Before [#start].
  public void whenLoopsRun(Runnable task) {
    whenLoopsRun = task;
  }

  private void loopsRun() {
    UpstreamSettings shared = settings.upstream().split(settings.loops());
    List<Upstream> made = new ArrayList<>();
    for (LoopSelector loop : connector.loops()) {
      Dialer dialer = settings.tricks().sharedSelector() ? new Dialer.OnLoop(loop, connector.getScheduler()) : separate;
      made.add(new LoopUpstream(
          loop, dialer, resolver, connector.getByteBufferPool(), connector.getScheduler(), shared, settings.tricks()));
    }
    upstreams = List.copyOf(made);
    whenLoopsRun.run();
  }

  /// Waits until the loops have taken up what the start gave them: a stop at once would find listeners half registered.
  private void awaitLoops() throws IOException {
    List<LoopSelector> loops = connector.loops();
    CountDownLatch ready = new CountDownLatch(loops.size());
    loops.forEach(loop -> loop.execute(ready::countDown));
    try {
      if (!ready.await(10, TimeUnit.SECONDS)) {
        throw new IOException("the event loops did not start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the event loops started");
    }
  }

  /// Where the server listens by TCP, with the ports it was given, in the order of the listeners.
  public List<InetSocketAddress> addresses() throws IOException {
    return connector.bound().stream().filter(InetSocketAddress.class::isInstance).map(InetSocketAddress.class::cast).toList();
  }

  /// The loops, by index.
  public List<? extends EventLoop> loops() {
    return connector.loops();
  }

  /// The loop that a request's exchange lives on.
  public static EventLoop loop(Request request) {
    return ClientRequest.loop(request);
  }

  /// The target of a request, byte for byte as it came; bytes as Latin-1 characters. Jetty's own URI of the request says nothing. Valid until the
  /// exchange ends.
  public static String rawTarget(Request request) {
    return ClientRequest.of(request).target();
  }

  /// The listener that a request came in by.
  static ListenerSettings listener(Request request) {
    return listener(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  static ListenerSettings listener(EndPoint socket) {
    EndPoint transport = socket instanceof EndPoint.Wrapper secure ? secure.unwrap() : socket;
    return transport instanceof LoopEndPoint loopEndPoint && loopEndPoint.attachment() instanceof ListenerAcceptor acceptor
        ? acceptor.settings() : NO_LISTENER;
  }

  /// The upstream of a loop; to be used on that loop.
  public Upstream upstream(EventLoop loop) {
    return upstreams.get(loop.index());
  }

  /// A loop for work that belongs to no exchange: each in turn.
  public EventLoop anyLoop() {
    List<LoopSelector> loops = connector.loops();
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  /// Exchanges under way on all loops.
  public int exchanges() {
    return connector.loops().stream().mapToInt(LoopSelector::exchanges).sum();
  }

  /// From now on this is told how late each timer of a loop runs, in nanoseconds, on the loop; that there is one at least each second is seen to.
  ///
  /// @param loop one of [#loops]
  void delays(EventLoop loop, LongConsumer told) {
    ((LoopSelector) loop).delays(told);
    beat(loop);
  }

  private static void beat(EventLoop loop) {
    loop.schedule(1_000_000_000, () -> beat(loop));
  }

  /// What is held now; from any thread, exact when the loops are at rest.
  ///
  /// @param endpoints what is known of them
  /// @param checks of endpoints that run
  EngineView view(List<EngineView.EndpointView> endpoints, List<EngineView.CheckView> checks) {
    List<LoopSelector> loops = connector.loops();
    long buffers = connector.getByteBufferPool() instanceof ArrayByteBufferPool pool
        ? pool.getDirectByteBufferCount() - pool.getAvailableDirectByteBufferCount() + pool.getHeapByteBufferCount() - pool.getAvailableHeapByteBufferCount()
        : 0;
    return new EngineView(connector.accepted(), connector.getConnectedEndPoints().size(), exchanges(),
        loops.stream().mapToInt(LoopSelector::timers).sum(), upstreams.stream().mapToInt(Upstream::connections).sum(), buffers, endpoints, checks);
  }

  /// What all loops have done since the start.
  public Counters counters() {
    return connector.loops().stream().map(LoopSelector::counters).reduce(new Counters(0, 0, 0, 0), Counters::plus);
  }

  /// Tasks that went to a thread of the pool since the start.
  public long handOffs() {
    return pool.handOffs();
  }

  /// Stops accepting, closes each connection with its next answer, waits for exchanges under way, then closes everything.
  ///
  /// @param longest how long to wait
  public void stop(Duration longest) throws InterruptedException {
    connector.stopListening();
    // Jetty gives open connections one second otherwise, whatever they are doing.
    connector.setShutdownIdleTimeout(Math.max(1, longest.toMillis()));
    connector.shutdown();
    http2.shutdown();
    long end = System.nanoTime() + longest.toNanos();
    while (exchanges() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(5);
    }
    close();
  }

  /// Closes everything at once. Idempotent.
  @Override
  public void close() {
    try {
      connector.stopListening();
      separate.stop();
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop", e);
    }
  }

  /// Our HTTP/1.1 connections for Jetty's connector.
  private static final class Http1 extends HttpConnectionFactory {
    private final InboundConnection.Limits limits;

    private Http1(HttpConfiguration configuration, LoopSettings settings) {
      super(configuration);
      limits = InboundConnection.Limits.of(settings);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      FurtherListeners.Timeouts own = listener(endPoint).timeouts();
      InboundConnection.Limits here = own == null ? limits : limits.with(own);
      return configure(new InboundConnection(getHttpConfiguration(), connector, endPoint, here), connector, endPoint);
    }
  }

  private static final class Entry extends Handler.Wrapper {
    private Entry(Handler handler) {
      super(handler);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }
}
