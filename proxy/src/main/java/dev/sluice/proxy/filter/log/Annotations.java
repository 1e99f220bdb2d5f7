package dev.sluice.proxy.filter.log;

import dev.sluice.routes.spi.Key;
import java.util.HashMap;
import java.util.Map;

/// Notes that `annotate` leaves for later filters.
public record Annotations(Map<String, String> byKey) {
  public static final Key<Annotations> KEY = Key.of("filter.annotate", Annotations.class);

  public Annotations {
    byKey = Map.copyOf(byKey);
  }

  Annotations with(String key, String value) {
    var next = new HashMap<>(byKey);
    next.put(key, value);
    return new Annotations(next);
  }
}
