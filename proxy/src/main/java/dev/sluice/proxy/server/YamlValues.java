package dev.sluice.proxy.server;

import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The values of one YAML mapping in a flag, read by name; names that nobody reads are errors. All methods but [#end] throw
/// [IllegalArgumentException] for a value of another kind; what is not written is null.
final class YamlValues {
  private final Map<?, ?> values;
  private final Set<String> unread;

  /// @throws IllegalArgumentException when it is no mapping
  YamlValues(Object node) {
    if (!(node instanceof Map<?, ?> mapping) && !"".equals(node)) {
      throw new IllegalArgumentException("must be a mapping of names to values");
    }
    values = node instanceof Map<?, ?> mapping ? mapping : Map.of();
    unread = values.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  private @Nullable Object value(String name) {
    unread.remove(name);
    return values.get(name);
  }

  @Nullable String text(String name) {
    Object value = value(name);
    if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
      throw new IllegalArgumentException(name + ": must be a text");
    }
    return value == null ? null : value.toString();
  }

  @Nullable Boolean flag(String name) {
    Object value = value(name);
    if (value != null && !(value instanceof Boolean)) {
      throw new IllegalArgumentException(name + ": must be true or false, not \"" + value + "\"");
    }
    return (Boolean) value;
  }

  int number(String name, int otherwise) {
    Object value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Integer number) || number < 0) {
      throw new IllegalArgumentException(name + ": must be a whole number from 0, not \"" + value + "\"");
    }
    return number;
  }

  @Nullable Duration duration(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      Duration duration = GoDuration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (ArgumentProblem e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(name + ": must not be negative");
  }

  @Nullable YamlValues inner(String name) {
    Object value = value(name);
    try {
      return value == null ? null : new YamlValues(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /// @throws IllegalArgumentException when something was not read
  void end() {
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException("\"" + unread.iterator().next() + "\" is unknown");
    }
  }
}
