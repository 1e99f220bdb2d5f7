package dev.sluice.proxy.exchange;

import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Attributes in an array: there are few of them, and most exchanges have none.
final class AttributeList implements Attributes {
  private static final Object[] NONE = {};

  private Object[] entries = NONE;
  private int size;

  @Override
  public <T> @Nullable T get(Key<T> key) {
    for (int i = 0; i < size; i += 2) {
      if (entries[i] == key) {
        return key.type().cast(entries[i + 1]);
      }
    }
    return null;
  }

  @Override
  public <T> void put(Key<T> key, T value) {
    for (int i = 0; i < size; i += 2) {
      if (entries[i] == key) {
        entries[i + 1] = value;
        return;
      }
    }
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, Math.max(8, size * 2));
    }
    entries[size++] = key;
    entries[size++] = value;
  }
}
