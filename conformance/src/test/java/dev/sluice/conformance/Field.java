package dev.sluice.conformance;

import java.util.List;
import java.util.Locale;

/// A header or trailer field.
record Field(String name, String value) {

  static Field of(Object pair) {
    List<String> parts = Members.texts(pair);
    return new Field(parts.get(0), parts.get(1));
  }

  /// Reads `NAME: VALUE`; only blanks and tabs around the value are dropped.
  static Field parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return new Field(line, "");
    }
    int start = colon + 1;
    int end = line.length();
    while (start < end && isBlank(line.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(line.charAt(end - 1))) {
      end--;
    }
    return new Field(line.substring(0, colon), line.substring(start, end));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// The name in lower case.
  String key() {
    return name.toLowerCase(Locale.ROOT);
  }

  List<Object> pair() {
    return List.of(name, value);
  }

  static List<Object> pairs(List<Field> fields) {
    return fields.stream().<Object>map(Field::pair).toList();
  }

  /// The values of the fields with this name, which is given in lower case.
  static List<String> values(List<Field> fields, String key) {
    return fields.stream().filter(field -> field.key().equals(key)).map(Field::value).toList();
  }

  /// Whether a field of that name has the token somewhere in its value.
  static boolean says(List<Field> fields, String key, String token) {
    return values(fields, key).stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(token));
  }
}
