package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.observe.GatewayMetrics;
import dev.sluice.proxy.observe.RoutesView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// The admin listener: routes, metrics and health of one gateway, on an address of its own. A small server with few threads, apart from the event loops:
/// what is slow here delays no request.
public final class AdminServer implements AutoCloseable {
  private final String flag;
  private final String text;
  private final InetSocketAddress address;
  private final Server server;
  private final ServerConnector connector;

  private AdminServer(String flag, String text, InetSocketAddress address, Handler handler) {
    this.flag = flag;
    this.text = text;
    this.address = address;
    QueuedThreadPool pool = new QueuedThreadPool(6, 2);
    pool.setName("admin");
    pool.setDaemon(true);
    pool.setReservedThreads(0);
    server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getAddress() == null || address.getAddress().isAnyLocalAddress() ? null : address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setReuseAddress(true);
    connector.setIdleTimeout(30_000);
    server.addConnector(connector);
    server.setHandler(handler);
    server.setErrorHandler(new PlainErrors());
  }

  /// The listener that the flags ask for, not started yet; null when they switch it off.
  ///
  /// @throws StartProblem when its address cannot be read
  public static @Nullable AdminServer of(
      GatewaySettings settings, GatewayMetrics metrics, Supplier<RoutesView> routes, Readiness readiness) throws StartProblem {
    boolean own = !settings.get(ListenerFlags.SUPPORT_LISTENER).isEmpty();
    var flag = own ? ListenerFlags.SUPPORT_LISTENER : ListenerFlags.METRICS_LISTENER;
    String text = settings.get(flag);
    if (text.isEmpty()) {
      return null;
    }
    Handler handler = new AdminHandler(new RouteListing(routes), new SourcesPage(routes), new MetricsPage(settings, metrics), new EndpointsPage(metrics::engine),
        new HealthPage(routes, readiness));
    return new AdminServer(flag.name(), text, ListenAddress.parse(flag.name(), text), handler);
  }

  /// Opens the listener.
  ///
  /// @throws StartProblem when the address is taken or not this machine's; nothing is open then
  public void start() throws StartProblem {
    try {
      server.start();
    } catch (Exception e) {
      close();
      Throwable why = e instanceof IOException && e.getCause() != null ? e.getCause() : e;
      throw new StartProblem("-" + flag + " " + text + ": " + why.getMessage());
    }
  }

  /// Where it listens, with the port it was given.
  public InetSocketAddress address() {
    return new InetSocketAddress(address.getAddress(), connector.getLocalPort());
  }

  /// Idempotent.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the admin listener did not stop", e);
    }
  }
}
