package dev.sluice.grammar;

import dev.sluice.grammar.BackendNode.Balanced;
import dev.sluice.grammar.BackendNode.Dynamic;
import dev.sluice.grammar.BackendNode.Forward;
import dev.sluice.grammar.BackendNode.Loopback;
import dev.sluice.grammar.BackendNode.Network;
import dev.sluice.grammar.BackendNode.Shunt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes to their JSON form, byte for byte as `eskip print -json` writes it: predicates sorted by name, endpoints by address,
/// members
/// in the order `id`, `backend`, `predicates`, `filters`, empty ones left out.
///
/// Written by hand since the escapes must be those of Go's encoder: `\u2028` and `\u2029` escaped, lower-case digits, bytes that
/// are not
/// UTF-8 as `\ufffd`.
public final class JsonPrinter {
  private static final String SHORT = "\b\f\n\r\t\"\\";
  private static final String LETTERS = "bfnrt\"\\";

  private JsonPrinter() {}

  /// All routes as one array on one line, with a line feed at the end; `[]` for none.
  ///
  /// @param escapeHtml writes `<`, `>` and `&` as `\u003c`, `\u003e` and `\u0026`, as the HTTP listing of routes does
  public static String print(List<RouteNode> routes, boolean escapeHtml) {
    var out = new StringBuilder("[");
    for (RouteNode route : routes) {
      out.append(out.length() == 1 ? "" : ",");
      route(out, route, escapeHtml);
    }
    return out.append("]\n").toString();
  }

  /// One route as an object, without a line end.
  public static String route(RouteNode route, boolean escapeHtml) {
    var out = new StringBuilder();
    route(out, route, escapeHtml);
    return out.toString();
  }

  /// A text as a JSON string, quotes included.
  public static String text(String value, boolean escapeHtml) {
    var out = new StringBuilder(value.length() + 2);
    string(out, value, escapeHtml);
    return out.toString();
  }

  private static void route(StringBuilder out, RouteNode route, boolean html) {
    int start = out.length();
    if (!route.id().isEmpty()) {
      member(out, start, "id", html, route.id());
    }
    if (!(route.backend() instanceof Network network && network.address().isEmpty())) {
      key(out, start, "backend");
      backend(out, route.backend(), html);
    }
    calls(out, start, "predicates", CanonicalRoute.predicates(route), html);
    calls(out, start, "filters", route.filters(), html);
    out.append(out.length() == start ? "{}" : "}");
  }

  private static void backend(StringBuilder out, BackendNode backend, boolean html) {
    int start = out.length();
    member(out, start, "type", html, CanonicalRoute.kind(backend));
    switch (backend) {
      case Network network -> member(out, start, "address", html, network.address());
      case Balanced balanced -> balanced(out, start, balanced, html);
      case Shunt _, Loopback _, Dynamic _, Forward _ -> {}
    }
    out.append('}');
  }

  private static void balanced(StringBuilder out, int start, Balanced balanced, boolean html) {
    @Nullable String algorithm = balanced.algorithm();
    if (algorithm != null) {
      member(out, start, "algorithm", html, algorithm);
    }
    String separator = "[";
    for (var endpoint : CanonicalRoute.endpoints(balanced)) {
      if (separator.equals("[")) {
        key(out, start, "endpoints");
      }
      out.append(separator);
      string(out, endpoint.text(), html);
      separator = ",";
    }
    out.append(separator.equals("[") ? "" : "]");
  }

  private static void calls(StringBuilder out, int start, String key, List<CallNode> calls, boolean html) {
    if (calls.isEmpty()) {
      return;
    }
    key(out, start, key);
    String separator = "[";
    for (CallNode call : calls) {
      out.append(separator);
      call(out, call, html);
      separator = ",";
    }
    out.append(']');
  }

  private static void call(StringBuilder out, CallNode call, boolean html) {
    int start = out.length();
    member(out, start, "name", html, call.name());
    String separator = "[";
    for (LiteralNode argument : call.arguments()) {
      if (separator.equals("[")) {
        key(out, start, "args");
      }
      out.append(separator);
      switch (argument) {
        case LiteralNode.Number number -> out.append(Numbers.json(number.value()));
        case LiteralNode.Text text -> string(out, text.value(), html);
      }
      separator = ",";
    }
    out.append(separator.equals("[") ? "}" : "]}");
  }

  private static void member(StringBuilder out, int start, String key, boolean html, String value) {
    key(out, start, key);
    string(out, value, html);
  }

  private static void key(StringBuilder out, int start, String key) {
    out.append(out.length() == start ? '{' : ',').append('"').append(key).append("\":");
  }

  private static void string(StringBuilder out, String value, boolean html) {
    String text = ByteText.replaceEscapes(value);
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int named = SHORT.indexOf(c);
      if (named >= 0) {
        out.append('\\').append(LETTERS.charAt(named));
      } else if (value.charAt(i) != c) {
        out.append("\\ufffd");
      } else if (c < ' ' || c == '\u2028' || c == '\u2029' || html && (c == '<' || c == '>' || c == '&')) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
