package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The listeners that the flags ask for, the main one first.
final class ListenerOptions {
  /// What Skipper counts with when it cannot see the limit of the memory.
  private static final long MEMORY = 150_000_000;
  private static final long MOST_MEMORY = 1L << 32;
  private static final int MOST_WAITING = 50_000;
  private static final List<Path> MEMORY_LIMITS =
      List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"));

  private ListenerOptions() {}

  /// @param directory what relative paths are relative to
  static List<ListenerSettings> of(GatewaySettings settings, TlsOptions options, Path directory) throws StartProblem {
    ServerTls tls = options.server();
    ProxyPeers proxies = ProxyPeers.of(settings);
    ConnectionLimit limit = limit(settings);
    List<ListenerSettings> listeners = new ArrayList<>();
    listeners.add(at(settings, ListenerFlags.ADDRESS).withTls(tls).withProxyProtocol(proxies).withLimit(limit));
    if (tls != null && !settings.get(ListenerFlags.INSECURE_ADDRESS).isEmpty()) {
      listeners.add(at(settings, ListenerFlags.INSECURE_ADDRESS).withProxyProtocol(proxies).withLimit(limit));
    }
    listeners.addAll(new FurtherListeners(settings, options, directory).all());
    if (!settings.get(ListenerFlags.DEBUG_LISTENER).isEmpty()) {
      listeners.add(at(settings, ListenerFlags.DEBUG_LISTENER).debugging());
    }
    return listeners;
  }

  private static ListenerSettings at(GatewaySettings settings, Flag<String> flag) throws StartProblem {
    return ListenerSettings.main(ListenAddress.anyOf(flag.name(), settings.get(flag)));
  }

  private static @Nullable ConnectionLimit limit(GatewaySettings settings) {
    if (!settings.get(ListenerFlags.ENABLE_TCP_QUEUE)) {
      return null;
    }
    int given = settings.get(ListenerFlags.MAX_TCP_LISTENER_CONCURRENCY);
    long each = Math.max(1, settings.get(ProcessFlags.EXPECTED_BYTES_PER_REQUEST));
    int open = given > 0 ? given : (int) Math.clamp(memory() / each, 1, Integer.MAX_VALUE);
    int waiting = settings.get(ListenerFlags.MAX_TCP_LISTENER_QUEUE);
    Duration head = settings.get(ListenerFlags.READ_HEADER_TIMEOUT_SERVER);
    return new ConnectionLimit(open, waiting > 0 ? waiting : (int) Math.min(10L * open, MOST_WAITING),
        head.isZero() ? settings.get(ListenerFlags.READ_TIMEOUT_SERVER) : head);
  }

  /// The limit of the container, at most 4 GiB; as Skipper reads it.
  private static long memory() {
    for (Path file : MEMORY_LIMITS) {
      try {
        return Math.min(Long.parseLong(Files.readString(file).strip()), MOST_MEMORY);
      } catch (IOException | NumberFormatException e) {
        // no limit there
      }
    }
    return MEMORY;
  }
}
