package dev.sluice.extensions.etcd;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.ExtensionProvider;
import dev.sluice.routes.spi.RouteStore;
import dev.sluice.routes.spi.Services;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings etcd as a source of routes and as a store of the route tool.
public final class EtcdExtension implements ExtensionProvider {
  /// Of a call by the route tool, where someone waits and nothing else hangs on it.
  private static final Duration TOOL_TIMEOUT = Duration.ofSeconds(10);

  @Override
  public List<DataClient> dataClients(Services services) {
    List<String> urls = FlagSettings.read(services, RouteFlags.ETCD_URLS);
    if (urls.isEmpty()) {
      return List.of();
    }
    Duration timeout = FlagSettings.read(services, RouteFlags.ETCD_TIMEOUT);
    var servers = EtcdServers.of(
        urls,
        FlagSettings.read(services, RouteFlags.ETCD_PREFIX),
        timeout.isPositive() ? timeout : RouteFlags.ETCD_TIMEOUT.defaultValue(),
        FlagSettings.read(services, RouteFlags.ETCD_INSECURE),
        EtcdServers.authorization(
            FlagSettings.read(services, RouteFlags.ETCD_OAUTH_TOKEN),
            FlagSettings.read(services, RouteFlags.ETCD_USERNAME),
            FlagSettings.read(services, RouteFlags.ETCD_PASSWORD)));
    return List.of(new EtcdDataClient(servers, FlagSettings.read(services, RouteFlags.SOURCE_POLL_TIMEOUT)));
  }

  @Override
  public @Nullable RouteStore routeStore(RouteStore.Address address) {
    if (!address.kind().equals("etcd")) {
      return null;
    }
    String authorization = EtcdServers.authorization(address.token(), "", "");
    return new EtcdRouteStore(
        EtcdServers.of(address.urls(), address.prefix(), TOOL_TIMEOUT, address.insecure(), authorization));
  }
}
