package dev.sluice.proxy.filter;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Services.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Services with flags that tests set and a clock that tests move.
public final class FakeServices implements Services {
  private final Map<Object, Object> shared = new ConcurrentHashMap<>();
  private final Map<String, Object> flags = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final List<Runnable> watchers = new ArrayList<>();

  public <T> FakeServices with(Flag<T> flag, T value) {
    flags.put(flag.name(), value);
    return this;
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /// Tells everyone who watches a file that it changed.
  public void filesChanged() {
    watchers.forEach(Runnable::run);
  }

  private record SharedKey(Class<?> kind, Object settings) {}

  @Override
  public <K, V> V shared(Class<V> kind, K settings, Function<? super K, ? extends V> make) {
    return kind.cast(shared.computeIfAbsent(new SharedKey(kind, settings), key -> make.apply(settings)));
  }

  @Override
  public LongSupplier nanoTime() {
    return nanos::get;
  }

  @Override
  public InstantSource clock() {
    return () -> Instant.EPOCH.plusNanos(nanos.get());
  }

  @Override
  public AutoCloseable watch(Path file, Runnable changed) {
    watchers.add(changed);
    return () -> watchers.remove(changed);
  }

  @Override
  public <T> T setting(Setting<T> setting) {
    Object value = flags.getOrDefault(setting.name(), setting.defaultValue());
    return setting.type().isInstance(value) ? setting.type().cast(value) : cast(value);
  }

  @SuppressWarnings("unchecked") // a list of another class than the default's
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
