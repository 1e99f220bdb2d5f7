package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the Forwarded header (RFC 7239). All its lines are one list.
final class Forwarded {
  private static final String HEADER = "Forwarded";

  private Forwarded() {}

  /// The last value of a parameter, in any element; empty when the header has none; null without the header.
  static @Nullable String last(Headers headers, String parameter) {
    String first = headers.first(HEADER);
    if (first == null) {
      return null;
    }
    String found = "";
    boolean empty = true;
    List<String> lines = headers.all(HEADER);
    for (int i = 0; i < lines.size(); i++) {
      String value = lastIn(lines.get(i), parameter);
      found = value.isEmpty() ? found : value;
      empty &= lines.get(i).isEmpty();
    }
    return empty ? null : found;
  }

  private static String lastIn(String line, String parameter) {
    String found = "";
    int at = 0;
    while (at < line.length()) {
      int end = end(line, at);
      int equals = line.indexOf('=', at);
      if (equals > 0 && equals < end && line.substring(at, equals).strip().equalsIgnoreCase(parameter)) {
        String value = unquoted(line.substring(equals + 1, end).strip());
        found = value.isEmpty() ? found : value;
      }
      at = end + 1;
    }
    return found;
  }

  /// Where a pair ends: at a separator outside quotes, or with the line.
  private static int end(String line, int at) {
    boolean quoted = false;
    for (int i = at; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == ';')) {
        return i;
      }
    }
    return line.length();
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    String inner = value.substring(1, value.length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    var text = new StringBuilder(inner.length());
    for (int i = 0; i < inner.length(); i++) {
      i += inner.charAt(i) == '\\' && i + 1 < inner.length() ? 1 : 0;
      text.append(inner.charAt(i));
    }
    return text.toString();
  }
}
