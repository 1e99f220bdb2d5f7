package dev.sluice.proxy.server;

import dev.sluice.routes.predicate.Listener;
import dev.sluice.routes.spi.Services;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What one gateway offers to its filters and predicates.
final class GatewayServices implements Services, AutoCloseable {
  private final GatewaySettings settings;
  private final InstantSource clock;
  private final FileWatch files;
  private final ConcurrentHashMap<Shared, Object> shared = new ConcurrentHashMap<>();

  GatewayServices(GatewaySettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.files = new FileWatch();
  }

  private record Shared(Class<?> kind, Object settings) {}

  @Override
  public <K, V> V shared(Class<V> kind, K key, Function<? super K, ? extends V> make) {
    return kind.cast(shared.computeIfAbsent(new Shared(kind, key), unused -> make.apply(key)));
  }

  @Override
  public LongSupplier nanoTime() {
    return System::nanoTime;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public AutoCloseable watch(Path file, Runnable changed) {
    return files.watch(file, changed);
  }

  @Override
  public <T> T setting(Setting<T> setting) {
    Object value = setting.name().equals(Listener.KNOWN.name()) ? listeners() : settings.byName(setting.name());
    return setting.type().isInstance(value) ? setting.type().cast(value) : setting.defaultValue();
  }

  /// Names that the predicate Listener knows.
  private Set<String> listeners() {
    Set<String> names = new HashSet<>(FurtherListeners.names(settings));
    names.add(Listener.MAIN);
    names.add("support");
    return names;
  }

  @Override
  public void close() {
    files.close();
    for (Object value : shared.values()) {
      if (value instanceof AutoCloseable closeable) {
        close(closeable);
      }
    }
    shared.clear();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(GatewayServices.class).warn("shared state did not close", e);
    }
  }
}
