package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.UpstreamRequest.Way;
import dev.sluice.routes.model.Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// FastCGI applications such as php-fpm, by connections that live on the loop. As in Skipper each call has a connection of its own; the limits of
/// connections and of calls that wait for one hold here too.
final class FastCgiUpstream implements Upstream {
  private final Shared shared;
  private final Map<HostDial.Target, HostPool> pools = new HashMap<>();

  FastCgiUpstream(Shared shared) {
    this.shared = shared;
  }

  @Override
  public String protocol(Endpoint to, Way way) {
    return "FastCGI";
  }

  @Override
  public Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver) {
    UpstreamCall call = new UpstreamCall(shared.loop(), request, body, receiver);
    pools.computeIfAbsent(new HostDial.Target(false, to.host(), to.port(), null, null), this::pool).begin(call);
    return call;
  }

  private HostPool pool(HostDial.Target target) {
    return new HostPool(
        shared, target, (endPoint, pool) -> new FastCgiConnection(shared, endPoint, pool), retired -> pools.remove(target, retired));
  }

  @Override
  public void closeIdle() {}
}
