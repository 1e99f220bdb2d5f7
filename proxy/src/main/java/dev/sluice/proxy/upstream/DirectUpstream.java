package dev.sluice.proxy.upstream;

import dev.sluice.routes.model.Endpoint;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 to backends, clear or over TLS, over connections of our own, which live on the loop: a call is one write, one read and no hand-over.
///
/// Each backend address (scheme, host, port) has a [HostPool] per loop. Nothing here is shared with other loops but the [Resolver].
final class DirectUpstream implements Upstream {
  private static final int MOST_REMEMBERED = 1 << 14;

  private final Map<Endpoint, HostPool> byEndpoint = new IdentityHashMap<>();
  private final Map<HostKey, HostPool> pools = new HashMap<>();
  private final Shared shared;

  private record HostKey(String scheme, String host, int port) {}

  DirectUpstream(Shared shared) {
    this.shared = shared;
  }

  @Override
  public String protocol(Endpoint to, UpstreamRequest.Way way) {
    return "HTTP/1.1";
  }

  @Override
  public Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver) {
    UpstreamCall call = new UpstreamCall(shared.loop(), request, body, receiver);
    pool(to).begin(call);
    return call;
  }

  private HostPool pool(Endpoint to) {
    HostPool pool = byEndpoint.get(to);
    if (pool == null || pool.retired()) {
      if (byEndpoint.size() >= MOST_REMEMBERED) {
        byEndpoint.clear();
      }
      HostKey key = new HostKey(to.scheme(), to.host(), to.port());
      pool = pools.computeIfAbsent(key, this::make);
      byEndpoint.put(to, pool);
    }
    return pool;
  }

  private HostPool make(HostKey key) {
    boolean tls = key.scheme.equals("https");
    HostDial.Target target = new HostDial.Target(
        tls, key.host, key.port, null, shared.settings().reach().proxies().to(tls, key.host, key.port));
    return new HostPool(
        shared, target, (endPoint, pool) -> new DirectConnection(shared, endPoint, pool), retired -> pools.remove(key, retired));
  }

  @Override
  public void closeIdle() {
    for (HostPool pool : pools.values().toArray(HostPool[]::new)) {
      pool.closeIdle();
    }
  }
}
