package dev.sluice.cli.gwctl;

import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.routes.spi.Services;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What predicates get for one look-up at one moment: the clock stands still, no file is watched.
final class MomentServices implements Services {
  private final GatewaySettings settings;
  private final InstantSource clock;
  private final Map<Shared, Object> shared = new ConcurrentHashMap<>();

  MomentServices(GatewaySettings settings, Instant at) {
    this.settings = settings;
    this.clock = InstantSource.fixed(at);
  }

  private record Shared(Class<?> kind, Object settings) {}

  @Override
  public <K, V> V shared(Class<V> kind, K key, Function<? super K, ? extends V> make) {
    return kind.cast(shared.computeIfAbsent(new Shared(kind, key), unused -> make.apply(key)));
  }

  @Override
  public LongSupplier nanoTime() {
    return () -> clock.instant().getEpochSecond() * 1_000_000_000L + clock.instant().getNano();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public AutoCloseable watch(Path file, Runnable changed) {
    return () -> {};
  }

  @Override
  public <T> T setting(Setting<T> setting) {
    Object value = settings.byName(setting.name());
    return setting.type().isInstance(value) ? setting.type().cast(value) : setting.defaultValue();
  }
}
