package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// The upstream of one loop: picks the one that speaks what a call needs. Each of the named settings has upstreams of its own, so that connections
/// are never shared between calls with different ones.
public final class LoopUpstream implements Upstream {
  private final EventLoop loop;
  private final Transports plain;
  private final Map<String, Transports> byClient = new HashMap<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// The upstreams with the same settings.
  private record Transports(Upstream direct, Upstream http2, Upstream fastCgi, UpstreamSettings settings) {
    private Transports(Shared shared) {
      this(new DirectUpstream(shared), new Http2Upstream(shared), new FastCgiUpstream(shared), shared.settings());
    }

    private Upstream to(Endpoint to) {
      return switch (to.scheme()) {
        case "h2c" -> http2;
        case "fastcgi" -> fastCgi;
        default -> settings.reach().protocol() == UpstreamSettings.Protocol.HTTP_2 ? http2 : direct;
      };
    }
  }

  /// @param timers for Jetty's sessions
  /// @param settings for this loop alone
  public LoopUpstream(EventLoop loop, Dialer dialer, Resolver resolver, ByteBufferPool buffers, Scheduler timers, UpstreamSettings settings,
      Tricks tricks) {
    this.loop = loop;
    RequestHead head = new RequestHead();
    KeptConnections kept = new KeptConnections(settings.idleInAll());
    plain = new Transports(new Shared(loop, dialer, resolver, buffers, timers, settings, tricks, head, kept, connections));
    settings.clients().forEach((name, own) ->
        byClient.put(name, new Transports(new Shared(loop, dialer, resolver, buffers, timers, own, tricks, head, kept, connections))));
  }

  private @Nullable Transports transports(String client) {
    return client.isEmpty() ? plain : byClient.get(client);
  }

  @Override
  public Call send(UpstreamRequest request, Endpoint to, Content.@Nullable Source body, Receiver receiver) {
    Transports transports = transports(request.way().client());
    if (transports == null) {
      UpstreamCall call = new UpstreamCall(loop, request, body, receiver);
      call.fail(new Failure(Failure.Kind.FILTER, "no backend client \"" + request.way().client() + "\""), Sent.NOTHING);
      return call;
    }
    return transports.to(to).send(limited(request, transports.settings.reach()), to, body, receiver);
  }

  private static UpstreamRequest limited(UpstreamRequest request, UpstreamSettings.Reach reach) {
    if (reach.connectNanos() < 0 && reach.headNanos() < 0) {
      return request;
    }
    return request.within(
        reach.connectNanos() < 0 ? request.connectNanos() : reach.connectNanos(),
        reach.headNanos() < 0 ? request.headNanos() : reach.headNanos());
  }

  @Override
  public String protocol(Endpoint to, UpstreamRequest.Way way) {
    Transports transports = transports(way.client());
    return (transports == null ? plain : transports).to(to).protocol(to, way);
  }

  @Override
  public int connections() {
    return connections.get();
  }

  @Override
  public void closeIdle() {
    close(plain);
    byClient.values().forEach(LoopUpstream::close);
  }

  private static void close(Transports transports) {
    transports.direct.closeIdle();
    transports.http2.closeIdle();
    transports.fastCgi.closeIdle();
  }
}
