package dev.sluice.routes.spi;

import java.util.concurrent.ConcurrentHashMap;

/// Name and type of an attribute. Interned by name, so that scripts see the same values by name as filters do by key.
public final class Key<T> {
  private static final ConcurrentHashMap<String, Key<?>> ALL = new ConcurrentHashMap<>();

  private final String name;
  private final Class<T> type;

  private Key(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /// The key of this name; names are few and fixed in code, never taken from a request.
  ///
  /// @throws IllegalArgumentException when the name is taken with another type
  public static <T> Key<T> of(String name, Class<T> type) {
    Key<?> key = ALL.computeIfAbsent(name, n -> new Key<>(n, type));
    if (key.type != type) {
      throw new IllegalArgumentException("key " + name + " has type " + key.type.getName());
    }
    @SuppressWarnings("unchecked") // the type was compared
    Key<T> same = (Key<T>) key;
    return same;
  }

  public String name() {
    return name;
  }

  public Class<T> type() {
    return type;
  }

  @Override
  public String toString() {
    return name;
  }
}
