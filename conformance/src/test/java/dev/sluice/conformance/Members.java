package dev.sluice.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A JSON object: a case, a step, a message, the script of a backend.
record Members(Map<String, Object> map) {

  static final Members NONE = new Members(Map.of());

  @SuppressWarnings("unchecked")
  static Members of(Object value) {
    return value instanceof Members members ? members : new Members((Map<String, Object>) value);
  }

  /// An empty object to fill.
  static Members empty() {
    return new Members(new LinkedHashMap<>());
  }

  /// Sets a member, and returns this object.
  Members with(String name, Object value) {
    map.put(name, value instanceof Members members ? members.map : value);
    return this;
  }

  Members copy() {
    return new Members(new LinkedHashMap<>(map));
  }

  boolean has(String name) {
    return map.containsKey(name);
  }

  @Nullable Object get(String name) {
    return map.get(name);
  }

  String text(String name, String otherwise) {
    return map.get(name) instanceof String text ? text : otherwise;
  }

  /// A member that must be there.
  String text(String name) {
    if (map.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text \"" + name + "\" in " + Json.write(map));
  }

  long number(String name, long otherwise) {
    return map.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  /// Whether the member is there and says yes: neither false nor 0 nor empty.
  boolean flag(String name) {
    return switch (map.get(name)) {
      case Boolean yes -> yes;
      case Number number -> number.doubleValue() != 0;
      case String text -> !text.isEmpty();
      case null, default -> false;
    };
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? flag(name) : otherwise;
  }

  Members object(String name) {
    Object value = map.get(name);
    return value == null ? NONE : of(value);
  }

  @SuppressWarnings("unchecked")
  List<Object> list(String name) {
    return map.get(name) instanceof List<?> list ? (List<Object>) list : List.of();
  }

  List<Members> objects(String name) {
    return list(name).stream().map(Members::of).toList();
  }

  List<String> texts(String name) {
    return texts(list(name));
  }

  static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  /// Header fields: a list of pairs.
  List<Field> fields(String name) {
    return list(name).stream().map(Field::of).toList();
  }

  /// The same value with each text in it, names included, changed.
  static Object eachText(Object value, UnaryOperator<String> change) {
    return switch (value) {
      case String text -> change.apply(text);
      case List<?> list -> list.stream().map(item -> eachText(item, change)).toList();
      case Members members -> eachText(members.map, change);
      case Map<?, ?> members -> {
        Map<String, Object> changed = new LinkedHashMap<>();
        members.forEach((name, member) -> changed.put(change.apply((String) name), eachText(member, change)));
        yield changed;
      }
      default -> value;
    };
  }
}
