package dev.sluice.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as plain maps, lists, strings, `Long`, `Double`, `Boolean` and [#NULL].
///
/// It is written as Python's `json.dumps` writes it, since recorded bodies have that form: `", "` and `": "` between the
/// parts, and everything outside ASCII escaped.
final class Json {

  /// What JSON's `null` is read as.
  static final Object NULL = new Object() {
    @Override
    public String toString() {
      return "null";
    }
  };

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      return value(parser);
    }
  }

  /// An object from a text that holds one.
  static Members object(String text) {
    return Members.of(read(text));
  }

  private static Object value(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("no JSON value");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> NULL;
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("no JSON value at " + parser.currentLocation());
    };
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case Members members -> write(members.map(), out);
      case Map<?, ?> map -> {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
          Map.Entry<?, ?> entry = entries.next();
          quote((String) entry.getKey(), out);
          write(entry.getValue(), out.append(": "));
          out.append(entries.hasNext() ? ", " : "");
        }
        out.append('}');
      }
      case List<?> list -> {
        out.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
          write(items.next(), out);
          out.append(items.hasNext() ? ", " : "");
        }
        out.append(']');
      }
      case String text -> quote(text, out);
      case Double number -> out.append(decimal(number));
      default -> out.append(value);
    }
  }

  /// A number as Python prints it: plain from 0.0001 up to 10^16, else with an exponent of at least two digits.
  private static String decimal(double number) {
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exact.signum() == 0 || (exponent >= -4 && exponent < 16)) {
      String plain = exact.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = exact.unscaledValue().toString();
    int sign = digits.startsWith("-") ? 1 : 0;
    String mantissa = digits.length() == sign + 1 ? digits : digits.substring(0, sign + 1) + "." + digits.substring(sign + 1);
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
