package dev.sluice.proxy.observe;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// How a line of the access log looks. Used by the writing thread only.
public sealed interface AccessLogFormat {
  void append(StringBuilder out, AccessRecord entry);

  /// Apache's combined format with Skipper's further columns: duration in milliseconds, requested host, flow id, audit.
  static AccessLogFormat combined(ZoneId zone, boolean stripQuery) {
    return new Combined(zone, stripQuery);
  }

  /// One JSON object a line, with Skipper's names.
  static AccessLogFormat json(ZoneId zone, boolean stripQuery) {
    return new Json(zone, stripQuery);
  }

  private static String client(AccessRecord entry) {
    String forwarded = header(entry, "X-Forwarded-For");
    return forwarded.isEmpty() ? entry.peer() : forwarded;
  }

  private static String header(AccessRecord entry, String name) {
    HttpFields fields = entry.fields();
    String value = fields == null ? null : fields.get(name);
    return value == null ? "" : value;
  }

  private static String target(AccessRecord entry, boolean stripQuery) {
    int query = stripQuery ? entry.target().indexOf('?') : -1;
    return query < 0 ? entry.target() : entry.target().substring(0, query);
  }

  final class Combined implements AccessLogFormat {
    private final DateTimeFormatter time;
    private final boolean stripQuery;
    private long second = -1;
    private String secondText = "";

    private Combined(ZoneId zone, boolean stripQuery) {
      this.time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(zone);
      this.stripQuery = stripQuery;
    }

    @Override
    public void append(StringBuilder out, AccessRecord entry) {
      word(out, client(entry));
      out.append(" - ");
      word(out, entry.user());
      out.append(" [").append(time(entry.time())).append("] \"");
      LogText.quoted(out, entry.method());
      out.append(' ');
      LogText.quoted(out, target(entry, stripQuery));
      out.append(' ');
      LogText.quoted(out, entry.protocol());
      out.append("\" ").append(entry.status()).append(' ').append(entry.bytes()).append(" \"");
      quoted(out, header(entry, "Referer"));
      out.append("\" \"");
      quoted(out, header(entry, "User-Agent"));
      out.append("\" ").append(entry.nanos() / 1_000_000).append(' ');
      word(out, entry.host());
      out.append(' ');
      word(out, header(entry, "X-Flow-Id"));
      out.append(' ');
      word(out, header(entry, "X-Unverified-Audit"));
      if (entry.failure() != null) {
        out.append(' ').append(entry.failure());
      }
      out.append('\n');
    }

    private String time(long millis) {
      long now = millis / 1000;
      if (now != second) {
        second = now;
        secondText = time.format(Instant.ofEpochSecond(now));
      }
      return secondText;
    }

    private static void word(StringBuilder out, @Nullable String text) {
      if (text == null || text.isEmpty()) {
        out.append('-');
      } else {
        LogText.quoted(out, text);
      }
    }

    private static void quoted(StringBuilder out, String text) {
      if (text.isEmpty()) {
        out.append('-');
      } else {
        LogText.quoted(out, text);
      }
    }
  }

  final class Json implements AccessLogFormat {
    private final DateTimeFormatter time;
    private final boolean stripQuery;

    private Json(ZoneId zone, boolean stripQuery) {
      this.time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(zone);
      this.stripQuery = stripQuery;
    }

    @Override
    public void append(StringBuilder out, AccessRecord entry) {
      out.append('{');
      text(out, "audit", header(entry, "X-Unverified-Audit"));
      text(out, "auth-user", entry.user() == null ? "" : entry.user());
      number(out, "duration", entry.nanos() / 1_000_000);
      if (entry.failure() != null) {
        text(out, "failure", entry.failure());
      }
      text(out, "flow-id", header(entry, "X-Flow-Id"));
      text(out, "host", client(entry));
      text(out, "level", "info");
      text(out, "method", entry.method());
      text(out, "msg", "");
      text(out, "proto", entry.protocol());
      text(out, "referer", header(entry, "Referer"));
      text(out, "requested-host", entry.host());
      number(out, "response-size", entry.bytes());
      number(out, "status", entry.status());
      text(out, "timestamp", time.format(Instant.ofEpochMilli(entry.time())));
      text(out, "uri", target(entry, stripQuery));
      text(out, "user-agent", header(entry, "User-Agent"));
      out.setCharAt(out.length() - 1, '}');
      out.append('\n');
    }

    private static void text(StringBuilder out, String name, String value) {
      out.append('"').append(name).append("\":\"");
      LogText.json(out, value);
      out.append("\",");
    }

    private static void number(StringBuilder out, String name, long value) {
      out.append('"').append(name).append("\":").append(value).append(',');
    }
  }
}
