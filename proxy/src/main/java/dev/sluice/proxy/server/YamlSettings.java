package dev.sluice.proxy.server;

import dev.sluice.routes.args.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One mapping of a flag that is written in YAML. Values are taken out one by one; what is left at the end is unknown.
final class YamlSettings {
  private final String where;
  private final Map<?, ?> values;
  private final Set<String> known = new TreeSet<>();

  private YamlSettings(String where, Map<?, ?> values) {
    this.where = where;
    this.values = values;
  }

  /// @param where begins each message
  /// @throws StartProblem when the value is no mapping
  static YamlSettings of(String where, @Nullable Object value) throws StartProblem {
    if (value instanceof Map<?, ?> mapping) {
      return new YamlSettings(where, mapping);
    }
    throw new StartProblem(where + ": write {name: value, …}");
  }

  private @Nullable Object take(String name) {
    known.add(name);
    return values.get(name);
  }

  private StartProblem expected(String name, String what) {
    return new StartProblem(where + ": " + name + " must be " + what);
  }

  String text(String name, String usual) throws StartProblem {
    return switch (take(name)) {
      case null -> usual;
      case String text -> text;
      case Number number -> number.toString();
      default -> throw expected(name, "a text");
    };
  }

  int number(String name, int usual) throws StartProblem {
    return switch (take(name)) {
      case null -> usual;
      case Integer number when number >= 0 -> number;
      default -> throw expected(name, "a whole number from 0");
    };
  }

  boolean onOff(String name, boolean usual) throws StartProblem {
    return switch (take(name)) {
      case null -> usual;
      case Boolean on -> on;
      default -> throw expected(name, "true or false");
    };
  }

  Duration duration(String name, Duration usual) throws StartProblem {
    Object value = take(name);
    if (value == null) {
      return usual;
    }
    try {
      return GoDuration.parse(value.toString());
    } catch (IllegalArgumentException e) {
      throw expected(name, "a duration such as 1m30s");
    }
  }

  /// One text counts as a list of one.
  List<String> list(String name) throws StartProblem {
    return switch (take(name)) {
      case null -> List.of();
      case String one -> List.of(one);
      case List<?> many -> many.stream().map(String::valueOf).toList();
      default -> throw expected(name, "a list");
    };
  }

  /// @return null when there is none
  @Nullable YamlSettings mapping(String name) throws StartProblem {
    Object value = take(name);
    return value == null ? null : of(where + ": " + name, value);
  }

  /// @throws StartProblem when there is a value that nobody has asked for
  void refuseOthers() throws StartProblem {
    for (Object name : values.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        throw new StartProblem(where + ": there is no setting " + name + " here; known are " + String.join(", ", known));
      }
    }
  }
}
