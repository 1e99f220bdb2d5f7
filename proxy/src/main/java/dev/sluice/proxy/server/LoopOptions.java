package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.ListenerFlags;
import java.net.InetSocketAddress;

/// The loops' settings, as the flags say.
final class LoopOptions {
  /// Skipper's listener reads this much more than its limit says.
  private static final int SLACK = 4096;

  private LoopOptions() {}

  static int loops(GatewaySettings settings) {
    return Runtime.getRuntime().availableProcessors();
  }

  static LoopSettings of(GatewaySettings settings, RefusedHead.Listener refused) throws StartProblem {
    InetSocketAddress address = ListenAddress.parse(ListenerFlags.ADDRESS.name(), settings.get(ListenerFlags.ADDRESS));
    return LoopSettings.on(address)
        .withLoops(loops(settings))
        .withTimeouts(settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER), settings.get(ListenerFlags.READ_HEADER_TIMEOUT_SERVER),
            settings.get(ListenerFlags.READ_TIMEOUT_SERVER), settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER))
        .withMaxHeadBytes(settings.get(ListenerFlags.MAX_HEADER_BYTES) + SLACK)
        .withRefusedHeads(refused);
  }
}
