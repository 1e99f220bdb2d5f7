package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.observe.ConnectionStates;
import dev.sluice.proxy.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The loops' settings, as the flags say.
final class LoopOptions {
  /// Skipper's listener reads this much more than its limit says.
  private static final int SLACK = 4096;

  private LoopOptions() {}

  static int loops(GatewaySettings settings) {
    return Runtime.getRuntime().availableProcessors();
  }

  static LoopSettings of(GatewaySettings settings, TlsOptions tls, Path directory, RefusedHead.Listener refused,
      @Nullable ConnectionStates states) throws StartProblem {
    return LoopSettings.on(new InetSocketAddress(0))
        .withListeners(ListenerOptions.of(settings, tls, directory))
        .withLoops(loops(settings))
        .withTimeouts(settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER), settings.get(ListenerFlags.READ_HEADER_TIMEOUT_SERVER),
            settings.get(ListenerFlags.READ_TIMEOUT_SERVER), settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER))
        .withMaxHeadBytes(settings.get(ListenerFlags.MAX_HEADER_BYTES) + SLACK)
        .withClearHttp2(settings.get(ListenerFlags.ENABLE_H2C_SERVER))
        .withUpstream(BackendClientOptions.of(upstream(settings).withTls(tls.client()), settings, directory))
        .withRefusedHeads(refused)
        .withStates(states);
  }

  private static UpstreamSettings upstream(GatewaySettings settings) {
    boolean kept = !settings.get(BackendFlags.DISABLE_HTTP_KEEPALIVES);
    Duration period = settings.get(BackendFlags.CLOSE_IDLE_CONNS_PERIOD);
    Duration idle = period.isZero() ? Duration.ofSeconds(20) : period.isNegative() ? Duration.ZERO : period;
    return UpstreamSettings.DEFAULT
        .withIdle(kept ? Math.max(0, settings.get(BackendFlags.IDLE_CONNS_NUM)) : 0, idle)
        .withIdleInAll(Math.max(0, settings.get(BackendFlags.MAX_IDLE_CONNECTION_BACKEND)))
        .withSockets(new UpstreamSettings.Sockets(
            settings.get(BackendFlags.KEEPALIVE_BACKEND), settings.get(BackendFlags.ENABLE_DUALSTACK_BACKEND)))
        .withExpectTimeout(settings.get(BackendFlags.EXPECT_CONTINUE_TIMEOUT_BACKEND));
  }
}
