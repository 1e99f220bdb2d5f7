package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.observe.ConnectionStates;
import dev.sluice.proxy.upstream.UpstreamSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of a [LoopServer]. Times of zero mean no limit.
///
/// @param listeners where to listen, at least one; the first is the main one
/// @param loops number of event loops, from 1
/// @param idleTimeout longest time that a connection stays open without a request
/// @param headTimeout longest time from a head's first byte to its last; then 408
/// @param readTimeout longest time without a byte of a request body that is waited for
/// @param writeTimeout longest time without progress of a response
/// @param maxHeadBytes longest request line, and longest request head; then 414 or 431
/// @param maxResponseHeadBytes longest response head; a longer one is a 500
/// @param inputBufferSize bytes of the buffer that requests are read into
/// @param halfCloseAllowed a client that has shut down its output after a request still gets its answer; otherwise it counts as gone, as in
///     Go's net/http and so in Skipper. Over TLS it always counts as gone
/// @param clearHttp2 clients without TLS may speak HTTP/2 by prior knowledge (RFC 9113 §3.3); over TLS they always may
/// @param upstream settings of each loop's upstream; its per-host numbers hold for all loops together
/// @param tricks all on but in tests
/// @param refusedHeads told of every head that was refused before a request began
/// @param states counts what becomes of connections; null: nobody does
public record LoopSettings(
    List<ListenerSettings> listeners,
    int loops,
    Duration idleTimeout,
    Duration headTimeout,
    Duration readTimeout,
    Duration writeTimeout,
    int maxHeadBytes,
    int maxResponseHeadBytes,
    int inputBufferSize,
    boolean halfCloseAllowed,
    boolean clearHttp2,
    UpstreamSettings upstream,
    Tricks tricks,
    RefusedHead.Listener refusedHeads,
    @Nullable ConnectionStates states) {
  public LoopSettings {
    listeners = List.copyOf(listeners);
    if (listeners.isEmpty() || loops < 1) {
      throw new IllegalArgumentException("at least one listener and one loop are needed");
    }
  }

  /// Defaults: one loop per processor, 60 s of idle time, 60 s for a head, 5 min for a body, 60 s for writing, heads of up to 1 MiB.
  public static LoopSettings on(InetSocketAddress address) {
    return new LoopSettings(
        List.of(ListenerSettings.main(address)),
        Runtime.getRuntime().availableProcessors(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60),
        1 << 20,
        1 << 20,
        16 << 10,
        false,
        false,
        UpstreamSettings.DEFAULT,
        Tricks.ON,
        (head, loop) -> {},
        null);
  }

  public LoopSettings withListeners(List<ListenerSettings> where) {
    return new LoopSettings(
        where, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, tricks, refusedHeads, states);
  }

  public LoopSettings withLoops(int n) {
    return new LoopSettings(
        listeners, n, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, tricks, refusedHeads, states);
  }

  public LoopSettings withTimeouts(Duration idle, Duration head, Duration read, Duration write) {
    return new LoopSettings(
        listeners, loops, idle, head, read, write, maxHeadBytes, maxResponseHeadBytes, inputBufferSize, halfCloseAllowed, clearHttp2, upstream,
        tricks, refusedHeads, states);
  }

  public LoopSettings withMaxHeadBytes(int bytes) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, bytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, tricks, refusedHeads, states);
  }

  public LoopSettings withHalfCloseAllowed(boolean allowed) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        allowed, clearHttp2, upstream, tricks, refusedHeads, states);
  }

  public LoopSettings withClearHttp2(boolean allowed) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, allowed, upstream, tricks, refusedHeads, states);
  }

  public LoopSettings withUpstream(UpstreamSettings settings) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, settings, tricks, refusedHeads, states);
  }

  public LoopSettings withTricks(Tricks which) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, which, refusedHeads, states);
  }

  public LoopSettings withRefusedHeads(RefusedHead.Listener listener) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, tricks, listener, states);
  }

  public LoopSettings withStates(@Nullable ConnectionStates counted) {
    return new LoopSettings(
        listeners, loops, idleTimeout, headTimeout, readTimeout, writeTimeout, maxHeadBytes, maxResponseHeadBytes, inputBufferSize,
        halfCloseAllowed, clearHttp2, upstream, tricks, refusedHeads, counted);
  }
}
