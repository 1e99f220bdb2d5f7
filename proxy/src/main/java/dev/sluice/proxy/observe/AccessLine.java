package dev.sluice.proxy.observe;

import dev.sluice.routes.args.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/// The values of an access log line, by Skipper's names, as the flags want them shown. Used by the writing thread only.
final class AccessLine {
  private final DateTimeFormatter format;
  private final boolean stripQuery;
  private final Map<String, String> masks;
  private long second = -1;
  private String secondText = "";

  /// @param zone of times
  /// @param stripQuery leaves queries out
  /// @param masks by field: `drop`, `sha256`, or the text to show instead
  AccessLine(ZoneId zone, boolean stripQuery, Map<String, String> masks) {
    this.format = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).withZone(zone);
    this.stripQuery = stripQuery;
    this.masks = Map.copyOf(masks);
  }

  /// Empty when it is not known, or not to be shown.
  String text(String name, AccessRecord entry) {
    String value = switch (name) {
      case "audit" -> header(entry, "X-Unverified-Audit");
      case "auth-user" -> entry.user() == null ? "" : entry.user();
      case "flow-id" -> header(entry, "X-Flow-Id");
      case "host" -> client(entry);
      case "method" -> entry.method();
      case "proto" -> entry.protocol();
      case "referer" -> header(entry, "Referer");
      case "requested-host" -> entry.host();
      case "timestamp" -> time(entry.began());
      case "uri" -> target(entry);
      case "user-agent" -> header(entry, "User-Agent");
      default -> throw new IllegalArgumentException(name);
    };
    return masked(name, value);
  }

  String masked(String name, String value) {
    String mask = masks.get(name);
    if (mask == null || value.isEmpty()) {
      return value;
    }
    return switch (mask) {
      case "drop" -> "";
      case "sha256" -> sha256(value);
      default -> mask;
    };
  }

  static String header(AccessRecord entry, String name) {
    HttpFields fields = entry.fields();
    String value = fields == null ? null : fields.get(name);
    return value == null ? "" : value;
  }

  /// All entries of X-Forwarded-For that are addresses, without ports; without such a header, the peer.
  private static String client(AccessRecord entry) {
    HttpFields fields = entry.fields();
    if (header(entry, "X-Forwarded-For").isEmpty() || fields == null) {
      return entry.peer();
    }
    var found = new StringBuilder();
    for (HttpField field : fields) {
      if (field.getName().equalsIgnoreCase("X-Forwarded-For") && field.getValue() != null) {
        for (String part : field.getValue().split(",")) {
          IpAddress address = IpAddress.parse(withoutPort(part.strip()));
          if (address != null) {
            found.append(found.isEmpty() ? "" : ", ").append(address);
          }
        }
      }
    }
    return found.toString();
  }

  private static String withoutPort(String entry) {
    int colon = entry.lastIndexOf(':');
    if (entry.startsWith("[")) {
      int close = entry.indexOf(']');
      return close < 0 ? entry : entry.substring(1, close);
    }
    return colon > 0 && entry.indexOf(':') == colon ? entry.substring(0, colon) : entry;
  }

  private String target(AccessRecord entry) {
    String target = entry.target();
    AccessLogControl control = entry.control();
    if (stripQuery) {
      int query = target.indexOf('?');
      return query < 0 ? target : target.substring(0, query);
    }
    return control == null || control.masked().isEmpty() ? target : MaskedQuery.of(target, control.masked());
  }

  private String time(long millis) {
    long now = Math.floorDiv(millis, 1000);
    if (now != second) {
      second = now;
      secondText = format.format(Instant.ofEpochSecond(now));
    }
    return secondText;
  }

  private static String sha256(String value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
