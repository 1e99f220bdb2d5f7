package dev.sluice.proxy.observe;

import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the filters of a route say about what stands in the access log line of a request. Immutable; a filter makes its own part once, where it can, and
/// adds it to each exchange by [#addTo]. Whether there is a line is said by [dev.sluice.proxy.filter.log.AccessLogRule].
///
/// @param masked query parameters whose values are shown as a hash
/// @param extra more members of the line, by name: text, numbers, booleans, or maps of these
public record AccessLogControl(Set<String> masked, Map<String, Object> extra) {
  private static final Key<AccessLogControl> KEY = Key.of("access-log", AccessLogControl.class);

  public AccessLogControl {
    masked = Set.copyOf(masked);
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra)); // shown in this order
  }

  /// Shows values of these query parameters as a hash.
  public static AccessLogControl masking(Set<String> parameters) {
    return new AccessLogControl(parameters, Map.of());
  }

  /// Adds a member to the line.
  public static AccessLogControl with(String name, Object value) {
    return new AccessLogControl(Set.of(), Map.of(name, value));
  }

  /// What was said about an exchange, or null.
  public static @Nullable AccessLogControl of(Attributes attributes) {
    return attributes.get(KEY);
  }

  /// Says this about an exchange, beside what was said before: masks add up, and so do further members.
  public void addTo(Attributes attributes) {
    AccessLogControl before = attributes.get(KEY);
    attributes.put(KEY, before == null ? this : before.and(this));
  }

  private AccessLogControl and(AccessLogControl more) {
    Set<String> both = new TreeSet<>(masked);
    both.addAll(more.masked);
    Map<String, Object> members = new LinkedHashMap<>(extra);
    members.putAll(more.extra);
    return new AccessLogControl(both, members);
  }
}
