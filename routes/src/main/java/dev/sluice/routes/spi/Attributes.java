package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// Typed values that filters and predicates share on an exchange.
public interface Attributes {
  <T> @Nullable T get(Key<T> key);

  <T> void put(Key<T> key, T value);
}
