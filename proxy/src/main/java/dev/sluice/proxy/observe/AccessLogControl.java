package dev.sluice.proxy.observe;

import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the filters of a route say about the access log line of a request. Immutable; a filter makes its own part once and adds it to each
/// exchange by [#addTo].
///
/// @param rule whether there is a line; null: as the flags say
/// @param masked query parameters whose values are shown as a hash
/// @param extra more members of the line, by name: text, numbers, booleans, or maps of these
public record AccessLogControl(@Nullable Rule rule, Set<String> masked, Map<String, Object> extra) {
  private static final Key<AccessLogControl> KEY = Key.of("access-log", AccessLogControl.class);

  public AccessLogControl {
    masked = Set.copyOf(masked);
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra)); // shown in this order
  }

  /// A line for these statuses only; for all when there is none. A prefix of one digit is a class, of two digits ten statuses.
  public static AccessLogControl enabled(List<Integer> prefixes) {
    return new AccessLogControl(new Rule(true, prefixes), Set.of(), Map.of());
  }

  /// No line for these statuses, and one for all others; none at all when there is no prefix.
  public static AccessLogControl disabled(List<Integer> prefixes) {
    return new AccessLogControl(new Rule(false, prefixes), Set.of(), Map.of());
  }

  /// Shows values of these query parameters as a hash; there is a line, whatever was said before.
  public static AccessLogControl masking(Set<String> parameters) {
    return new AccessLogControl(new Rule(true, List.of()), parameters, Map.of());
  }

  /// Adds a member to the line.
  public static AccessLogControl with(String name, Object value) {
    return new AccessLogControl(null, Set.of(), Map.of(name, value));
  }

  /// What was said about an exchange, or null.
  public static @Nullable AccessLogControl of(Attributes attributes) {
    return attributes.get(KEY);
  }

  /// Says this about an exchange: its rule replaces an earlier one, masks add up, and so do further members.
  public void addTo(Attributes attributes) {
    AccessLogControl before = attributes.get(KEY);
    attributes.put(KEY, before == null ? this : before.then(this));
  }

  private AccessLogControl then(AccessLogControl later) {
    Set<String> both = new TreeSet<>(masked);
    both.addAll(later.masked);
    Map<String, Object> members = new LinkedHashMap<>(extra);
    members.putAll(later.extra);
    return new AccessLogControl(later.rule == null ? rule : later.rule, both, members);
  }

  /// Whether a request with this status gets a line.
  ///
  /// @param usually what the flags say
  public static boolean logs(@Nullable AccessLogControl control, int status, boolean usually) {
    return control == null || control.rule == null ? usually : control.rule.logs(status);
  }

  /// Which statuses get a line.
  ///
  /// @param enabled whether the statuses are those with a line, or those without
  /// @param prefixes empty: all
  public record Rule(boolean enabled, List<Integer> prefixes) {
    public Rule {
      prefixes = List.copyOf(prefixes);
    }

    boolean logs(int status) {
      if (prefixes.isEmpty()) {
        return enabled;
      }
      for (int prefix : prefixes) {
        int shown = prefix < 10 ? status / 100 : prefix < 100 ? status / 10 : status;
        if (shown == prefix) {
          return enabled;
        }
      }
      return !enabled;
    }
  }
}
