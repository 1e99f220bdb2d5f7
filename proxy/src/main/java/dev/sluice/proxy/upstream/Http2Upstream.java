package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.ForwardProxies.Proxy;
import dev.sluice.routes.model.Endpoint;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// HTTP/2 to backends: Jetty's sessions on connections that live on the loop. By prior knowledge for the schemes `h2c` and `http`, agreed on by ALPN for
/// `https` (RFC 9113 §3). Each backend address has one connection per loop, and further ones while its streams are all taken.
final class Http2Upstream implements Upstream {
  private final Shared shared;
  private final Map<HostDial.Target, Http2Host> hosts = new HashMap<>();

  Http2Upstream(Shared shared) {
    this.shared = shared;
  }

  @Override
  public String protocol(Endpoint to, UpstreamRequest.Way way) {
    return "HTTP/2.0";
  }

  @Override
  public Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver) {
    UpstreamCall call = new UpstreamCall(shared.loop(), request, body, receiver);
    hosts.computeIfAbsent(target(to), target -> new Http2Host(shared, target, gone -> hosts.remove(target, gone))).begin(call);
    return call;
  }

  private HostDial.Target target(Endpoint to) {
    boolean tls = to.scheme().equals("https");
    // Without TLS a forward proxy would have to speak HTTP/2 itself; none is asked to.
    Proxy proxy = tls ? shared.settings().reach().proxies().to(true, to.host(), to.port()) : null;
    return new HostDial.Target(tls, to.host(), to.port(), tls ? "h2" : null, proxy);
  }

  @Override
  public void closeIdle() {
    for (Http2Host host : hosts.values().toArray(Http2Host[]::new)) {
      host.closeIdle();
    }
  }
}
