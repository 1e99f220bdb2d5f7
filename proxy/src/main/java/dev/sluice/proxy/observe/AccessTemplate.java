package dev.sluice.proxy.observe;

import dev.sluice.routes.model.QueryString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text with placeholders, filled from what the access log knows of a request.
final class AccessTemplate {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}]+)}");

  private final List<Function<AccessRecord, @Nullable String>> parts = new ArrayList<>();

  private AccessTemplate() {}

  static AccessTemplate of(String text, AccessLine line) {
    var template = new AccessTemplate();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int at = 0;
    while (matcher.find()) {
      template.plain(text.substring(at, matcher.start()));
      Function<AccessRecord, @Nullable String> value = value(matcher.group(1), line);
      template.parts.add(entry -> shown(value.apply(entry)));
      at = matcher.end();
    }
    template.plain(text.substring(at));
    return template;
  }

  private void plain(String text) {
    parts.add(entry -> text);
  }

  void append(StringBuilder out, AccessRecord entry) {
    parts.forEach(part -> out.append(part.apply(entry)));
  }

  private static String shown(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "-";
    }
    var out = new StringBuilder(value.length());
    LogText.quoted(out, value);
    return out.toString();
  }

  private static Function<AccessRecord, @Nullable String> value(String name, AccessLine line) {
    if (name.startsWith("request.header.")) {
      String header = name.substring("request.header.".length());
      return entry -> line.masked(header, AccessLine.header(entry, header));
    }
    if (name.startsWith("request.query.")) {
      String parameter = name.substring("request.query.".length());
      return entry -> QueryString.first(query(entry, line), parameter);
    }
    if (name.startsWith("request.cookie.")) {
      String cookie = name.substring("request.cookie.".length());
      return entry -> line.masked(cookie, cookie(entry, cookie));
    }
    return switch (name) {
      case "request.method" -> entry -> line.text("method", entry);
      case "request.host" -> entry -> line.text("requested-host", entry);
      case "request.path" -> entry -> path(line.text("uri", entry));
      case "request.rawQuery" -> entry -> query(entry, line);
      case "request.source", "request.sourceFromLast" -> entry -> source(line.text("host", entry), name);
      case "request.clientIP" -> entry -> line.masked("host", entry.peer());
      case "request.proto" -> entry -> line.text("proto", entry);
      case "response.status" -> entry -> Integer.toString(entry.status());
      case "response.size" -> entry -> Long.toString(entry.bytes());
      case "time" -> entry -> line.text("timestamp", entry);
      case "duration" -> entry -> Long.toString(entry.nanos() / 1_000_000);
      default -> entry -> null;
    };
  }

  private static String source(String addresses, String name) {
    int comma = name.equals("request.source") ? addresses.indexOf(", ") : addresses.lastIndexOf(", ");
    if (comma < 0) {
      return addresses;
    }
    return name.equals("request.source") ? addresses.substring(0, comma) : addresses.substring(comma + 2);
  }

  private static String path(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  private static @Nullable String query(AccessRecord entry, AccessLine line) {
    String target = line.text("uri", entry);
    int mark = target.indexOf('?');
    return mark < 0 ? null : target.substring(mark + 1);
  }

  private static String cookie(AccessRecord entry, String name) {
    for (String pair : AccessLine.header(entry, "Cookie").split(";")) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return pair.substring(equals + 1).strip();
      }
    }
    return "";
  }
}
