package dev.sluice.extensions.etcd;

import dev.sluice.grammar.SourceText;
import dev.sluice.routes.spi.RouteStore;
import dev.sluice.routes.spi.StoredRoute;
import java.util.ArrayList;
import java.util.List;

/// Routes in etcd, for the route tool.
final class EtcdRouteStore implements RouteStore {
  private final EtcdKeys keys;

  EtcdRouteStore(EtcdServers servers) {
    keys = new EtcdKeys(servers);
  }

  /// The text of a key, named so that people find it.
  static StoredRoute stored(String root, String id, String value) {
    return new StoredRoute(id, SourceText.of("etcd " + root + "/" + id, value));
  }

  @Override
  public List<StoredRoute> read() throws EtcdFailure, InterruptedException {
    var routes = new ArrayList<StoredRoute>();
    keys.read().routes().forEach((id, value) -> routes.add(stored(keys.root(), id, value)));
    return routes;
  }

  @Override
  public void put(String id, byte[] expression) throws EtcdFailure, InterruptedException {
    keys.put(id, expression);
  }

  @Override
  public void delete(String id) throws EtcdFailure, InterruptedException {
    keys.delete(id);
  }

  @Override
  public void close() {
    keys.close();
  }
}
