package dev.sluice.bench;

import dev.sluice.routes.spi.Services;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What tables need without a gateway: default settings, no file is watched.
final class StillServices implements Services {
  private final Map<Object, Object> shared = new ConcurrentHashMap<>();

  @Override
  public <K, V> V shared(Class<V> kind, K settings, Function<? super K, ? extends V> make) {
    return kind.cast(shared.computeIfAbsent(List.of(kind, settings), key -> make.apply(settings)));
  }

  @Override
  public LongSupplier nanoTime() {
    return System::nanoTime;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
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
