package dev.sluice.routes;

import dev.sluice.routes.spi.Services;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Services with a clock that stands still until it is set.
public final class TestServices implements Services {
  private final Map<Object, Object> shared = new ConcurrentHashMap<>();
  public volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");

  private record SharedKey(Class<?> kind, Object settings) {}

  @Override
  public <K, V> V shared(Class<V> kind, K settings, Function<? super K, ? extends V> make) {
    return kind.cast(shared.computeIfAbsent(new SharedKey(kind, settings), key -> make.apply(settings)));
  }

  @Override
  public LongSupplier nanoTime() {
    return () -> now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public AutoCloseable watch(Path file, Runnable changed) {
    return () -> {};
  }

  @Override
  public <T> T setting(Setting<T> setting) {
    return setting.defaultValue();
  }
}
