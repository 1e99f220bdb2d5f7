package dev.sluice.proxy.observe;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// How a line of the access log looks. Used by the writing thread only.
public sealed interface AccessLogFormat {
  void append(StringBuilder out, AccessRecord entry);

  /// What all formats share.
  ///
  /// @param zone of times
  /// @param stripQuery leaves queries out
  /// @param masks by Skipper's names of the fields: `drop`, `sha256`, or the text to show instead
  record Options(ZoneId zone, boolean stripQuery, Map<String, String> masks) {
    public Options {
      masks = Map.copyOf(masks);
    }

    AccessLine line() {
      return new AccessLine(zone, stripQuery, masks);
    }
  }

  /// Apache's combined format with Skipper's further columns: duration in milliseconds, requested host, flow id, audit. Ours: when an answer
  /// broke off behind its status, the reason follows, and then what filters added.
  static AccessLogFormat combined(Options options) {
    return new Combined(options.line());
  }

  /// One JSON object a line, with Skipper's names.
  static AccessLogFormat json(Options options) {
    return new Json(options.line());
  }

  /// A text with placeholders, as the flag `-access-log-format` has it: those of route files that say something about the request, and
  /// `response.status`, `response.size`, `time`, `duration` (milliseconds). An unknown or empty value is `-`.
  static AccessLogFormat template(String text, Options options) {
    return new Templated(AccessTemplate.of(text, options.line()));
  }

  final class Combined implements AccessLogFormat {
    private final AccessLine line;

    private Combined(AccessLine line) {
      this.line = line;
    }

    @Override
    public void append(StringBuilder out, AccessRecord entry) {
      field(out, "host", entry).append(" - ");
      field(out, "auth-user", entry).append(" [");
      field(out, "timestamp", entry).append("] \"");
      field(out, "method", entry).append(' ');
      field(out, "uri", entry).append(' ');
      field(out, "proto", entry).append("\" ").append(entry.status()).append(' ').append(entry.bytes()).append(" \"");
      field(out, "referer", entry).append("\" \"");
      field(out, "user-agent", entry).append("\" ").append(entry.nanos() / 1_000_000).append(' ');
      field(out, "requested-host", entry).append(' ');
      field(out, "flow-id", entry).append(' ');
      field(out, "audit", entry);
      if (entry.brokenOff()) {
        out.append(' ').append(entry.failure());
      }
      AccessLogControl control = entry.control();
      if (control != null) {
        control.extra().forEach((name, value) -> extra(out, name, value));
      }
      out.append('\n');
    }

    private StringBuilder field(StringBuilder out, String name, AccessRecord entry) {
      String value = line.text(name, entry);
      if (value.isEmpty()) {
        return out.append('-');
      }
      LogText.quoted(out, value);
      return out;
    }

    private void extra(StringBuilder out, String name, Object value) {
      if (value instanceof Map<?, ?> members) {
        members.forEach((key, member) -> extra(out, String.valueOf(key), member));
        return;
      }
      out.append(' ');
      LogText.quoted(out, name);
      out.append("=\"");
      LogText.quoted(out, line.masked(name, value.toString()));
      out.append('"');
    }
  }

  final class Json implements AccessLogFormat {
    private static final List<String> TEXTS = List.of(
        "flow-id", "host", "method", "proto", "referer", "requested-host", "timestamp", "uri", "user-agent");

    private final AccessLine line;

    private Json(AccessLine line) {
      this.line = line;
    }

    @Override
    public void append(StringBuilder out, AccessRecord entry) {
      out.append('{');
      text(out, "audit", line.text("audit", entry));
      text(out, "auth-user", line.text("auth-user", entry));
      out.append("\"duration\":").append(entry.nanos() / 1_000_000).append(',');
      if (entry.failure() != null) {
        text(out, "failure", entry.failure());
      }
      out.append("\"level\":\"info\",\"msg\":\"\",\"response-size\":").append(entry.bytes());
      out.append(",\"status\":").append(entry.status()).append(',');
      for (String name : TEXTS) {
        text(out, name, line.text(name, entry));
      }
      AccessLogControl control = entry.control();
      if (control != null) {
        control.extra().forEach((name, value) -> extra(out, name, value));
      }
      out.setCharAt(out.length() - 1, '}');
      out.append('\n');
    }

    private void extra(StringBuilder out, String name, Object value) {
      out.append('"');
      LogText.json(out, name);
      out.append("\":");
      LogText.jsonValue(out, value instanceof String text ? line.masked(name, text) : value);
      out.append(',');
    }

    private static void text(StringBuilder out, String name, String value) {
      out.append('"').append(name).append("\":\"");
      LogText.json(out, value);
      out.append("\",");
    }
  }

  final class Templated implements AccessLogFormat {
    private final AccessTemplate template;

    private Templated(AccessTemplate template) {
      this.template = template;
    }

    @Override
    public void append(StringBuilder out, AccessRecord entry) {
      template.append(out, entry);
      out.append('\n');
    }
  }
}
