package dev.sluice.routes.spi;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What the process offers to filters and predicates. One per gateway; thread-safe.
public interface Services {
  /// State that outlives tables: the value made first for this kind and these settings. Settings must have value equality.
  /// A value that is [AutoCloseable] is closed when the gateway stops.
  <K, V> V shared(Class<V> kind, K settings, Function<? super K, ? extends V> make);

  /// Monotonic time in nanoseconds; tests inject their own.
  LongSupplier nanoTime();

  /// Wall-clock time.
  InstantSource clock();

  /// Calls `changed` on a thread of the gateway whenever the file's content may have changed.
  ///
  /// @return closing it ends the watch
  AutoCloseable watch(Path file, Runnable changed);

  /// The value of a gateway flag that filters read (for example `enable-ratelimits`), or what the flag's default is.
  <T> T setting(Setting<T> setting);

  /// A gateway setting by name, with the value that holds when nothing is said.
  record Setting<T>(String name, Class<T> type, T defaultValue) {}
}
