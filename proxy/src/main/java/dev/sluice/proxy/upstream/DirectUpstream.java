package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 to backends, clear or over TLS, over connections of our own, which live on the loop: a call is one write, one read and no hand-over.
///
/// Each backend address (scheme, host, port) has a [HostPool] per loop. Nothing here is shared with other loops but the [Resolver].
public final class DirectUpstream implements Upstream {
  private static final int MOST_REMEMBERED = 1 << 14;

  private final Map<Endpoint, HostPool> byEndpoint = new IdentityHashMap<>();
  private final Map<HostKey, HostPool> pools = new HashMap<>();
  private final Shared shared;
  private final AtomicInteger open = new AtomicInteger();

  private record HostKey(String scheme, String host, int port) {}

  @Override
  public int connections() {
    return open.get();
  }

  /// What all pools and connections of one loop use.
  record Shared(
      EventLoop loop, Dialer dialer, Resolver resolver, ByteBufferPool buffers, UpstreamSettings settings, Tricks tricks, RequestHead head) {}

  /// @param settings for this loop alone
  public DirectUpstream(
      EventLoop loop, Dialer dialer, Resolver resolver, ByteBufferPool buffers, UpstreamSettings settings, Tricks tricks) {
    shared = new Shared(loop, dialer, resolver, buffers, settings, tricks, new RequestHead());
  }

  @Override
  public Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver) {
    DirectCall call = new DirectCall(shared.loop(), request, body, receiver);
    if (!to.scheme().equals("http") && !to.scheme().equals("https")) {
      call.fail(new Failure(Failure.Kind.PROTOCOL, "no upstream for scheme " + to.scheme()), Sent.NOTHING);
      return call;
    }
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
      pool = pools.computeIfAbsent(key, k -> new HostPool(shared, open, k.scheme.equals("https"), k.host, k.port, retired -> pools.remove(k, retired)));
      byEndpoint.put(to, pool);
    }
    return pool;
  }

  /// Closes kept connections, for a graceful stop. Called on the loop.
  public void closeIdle() {
    for (HostPool pool : pools.values().toArray(HostPool[]::new)) {
      pool.closeIdle();
    }
  }
}
