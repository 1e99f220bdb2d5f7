package dev.sluice.proxy.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.routes.spi.Services;
import java.time.Duration;
import java.util.function.LongSupplier;

/// One [SlidingWindow] for each client key. A client that did not come for ten windows is forgotten, and beyond [#MOST_CLIENTS] clients the
/// least useful ones are, so that keys chosen by attackers cannot fill the memory. Thread-safe.
public final class ClientWindows {
  static final int MOST_CLIENTS = 200_000;

  private final Limit limit;
  private final LongSupplier clock;
  private final Cache<String, SlidingWindow> windows;

  ClientWindows(Limit limit, LongSupplier clock) {
    this.limit = limit;
    this.clock = clock;
    long idle = Math.max(1, limit.windowNanos() > Long.MAX_VALUE / 20 ? Long.MAX_VALUE / 2 : limit.windowNanos() * 10);
    this.windows = Caffeine.newBuilder()
        .maximumSize(MOST_CLIENTS)
        .expireAfterAccess(Duration.ofNanos(idle))
        .ticker(clock::getAsLong)
        .executor(Runnable::run) // upkeep in place: no other thread is woken
        .build();
  }

  /// The counters of these settings, made once in the process.
  ///
  /// @param identity a further part of their identity: how the key is found
  public static ClientWindows of(Services services, Object identity, Limit limit) {
    return services.shared(
        ClientWindows.class, new Identity(identity, limit), made -> new ClientWindows(limit, services.nanoTime()));
  }

  public SlidingWindow window(String key) {
    return windows.get(key, made -> new SlidingWindow(limit.maxHits(), limit.windowNanos(), clock));
  }

  private record Identity(Object key, Limit limit) {}
}
