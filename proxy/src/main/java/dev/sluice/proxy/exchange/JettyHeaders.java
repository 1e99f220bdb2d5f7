package dev.sluice.proxy.exchange;

import dev.sluice.grammar.ByteText;
import dev.sluice.routes.spi.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// Header lines over Jetty's fields.
final class JettyHeaders implements Headers {
  private final HttpFields.Mutable fields;

  JettyHeaders(HttpFields.Mutable fields) {
    this.fields = fields;
  }

  HttpFields.Mutable fields() {
    return fields;
  }

  @Override
  public @Nullable String first(String name) {
    String value = fields.get(name);
    return value == null ? null : text(value);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = fields.getValuesList(name);
    for (String value : values) {
      if (!ascii(value)) {
        return values.stream().map(JettyHeaders::text).toList();
      }
    }
    return values;
  }

  @Override
  public boolean contains(String name) {
    return fields.contains(name);
  }

  @Override
  public void set(String name, String value) {
    fields.put(checkedName(name), checkedValue(value));
  }

  @Override
  public void add(String name, String value) {
    fields.add(checkedName(name), checkedValue(value));
  }

  @Override
  public void remove(String name) {
    fields.remove(name);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> line) {
    for (HttpField field : fields) {
      String value = field.getValue();
      line.accept(field.getName(), value == null ? "" : text(value));
    }
  }

  @Override
  public int size() {
    return fields.size();
  }

  private static String checkedName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == ':' || c >= 0x7F) {
        throw new IllegalArgumentException("a header name must not hold character " + (int) c);
      }
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header name must not be empty");
    }
    return name;
  }

  private static String checkedValue(String value) {
    boolean ascii = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("a header value must not hold CR, LF or NUL");
      }
      ascii &= c < 0x80;
    }
    return ascii ? value : new String(ByteText.encode(value), StandardCharsets.ISO_8859_1);
  }

  /// Jetty carries bytes as Latin-1 characters; filters and predicates see UTF-8.
  private static String text(String value) {
    if (ascii(value)) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    return ByteText.decode(bytes, 0, bytes.length);
  }

  private static boolean ascii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
