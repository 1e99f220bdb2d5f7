package dev.sluice.grammar;

import dev.sluice.grammar.BackendNode.Balanced;
import dev.sluice.grammar.BackendNode.Dynamic;
import dev.sluice.grammar.BackendNode.Forward;
import dev.sluice.grammar.BackendNode.Loopback;
import dev.sluice.grammar.BackendNode.Network;
import dev.sluice.grammar.BackendNode.Shunt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Routes to text, byte for byte as `eskip print` writes them, but so that every text reads back as the same route: `<forward>`
/// is
/// printed, addresses are escaped, numbers are printed in full, and a regular expression that cannot stand between slashes is
/// printed in
/// double quotes.
///
/// Predicates come in a fixed order ([LanguagePredicate]), comments are lost; [RouteFormatter] keeps both. Bytes that are not
/// UTF-8 are
/// in the text as lone surrogates; [#toBytes] turns it into the very bytes of the source.
public final class RoutePrinter {
  private RoutePrinter() {}

  /// All routes, without a line end behind the last one; empty for no routes. One route without id is printed as a bare
  /// expression,
  /// without semicolon.
  public static String print(List<RouteNode> routes, PrintStyle style) {
    var out = new StringBuilder();
    if (routes.size() == 1 && routes.getFirst().id().isEmpty()) {
      expression(out, routes.getFirst(), style);
      return out.toString();
    }
    for (RouteNode route : routes) {
      if (!out.isEmpty()) {
        out.append(style.pretty() ? "\n\n" : "\n");
      }
      out.append(route.id()).append(": ");
      expression(out, route, style);
      out.append(';');
    }
    return out.toString();
  }

  /// Predicates, filters and backend of a route, without its id and without a semicolon.
  public static String expression(RouteNode route, PrintStyle style) {
    var out = new StringBuilder();
    expression(out, route, style);
    return out.toString();
  }

  /// One predicate or filter as log messages and edit rules see it: all strings in double quotes, also regular expressions.
  public static String call(CallNode call) {
    var out = new StringBuilder();
    call(out, call, false);
    return out.toString();
  }

  /// The bytes of a printed text.
  public static byte[] toBytes(String printed) {
    return ByteText.encode(printed);
  }

  private static void expression(StringBuilder out, RouteNode route, PrintStyle style) {
    predicates(out, route.predicates());
    for (CallNode filter : route.filters()) {
      out.append(style.arrow());
      call(out, filter, false);
    }
    out.append(style.arrow());
    backend(out, route.backend());
  }

  private static void predicates(StringBuilder out, List<CallNode> predicates) {
    int start = out.length();
    for (var known : LanguagePredicate.values()) {
      var texts = texts(predicates, known);
      if (known.sorted()) {
        texts.sort(ByteText::compare);
      }
      texts.forEach(text -> append(out, start, text));
    }
    texts(predicates, null).forEach(text -> append(out, start, text));
    if (out.length() == start) {
      out.append('*');
    }
  }

  private static void append(StringBuilder out, int start, String text) {
    out.append(out.length() == start ? "" : " && ").append(text);
  }

  /// Texts of the predicates of one kind, in source order; `known` is null for those that the language does not know.
  private static List<String> texts(List<CallNode> predicates, @Nullable LanguagePredicate known) {
    var texts = new ArrayList<String>();
    for (CallNode predicate : predicates) {
      if (LanguagePredicate.of(predicate.name()) == known && !LanguagePredicate.matchesEverything(predicate)) {
        var text = new StringBuilder();
        call(text, predicate, known != null && known.isRegexp());
        texts.add(text.toString());
      }
    }
    return texts;
  }

  private static void call(StringBuilder out, CallNode call, boolean lastIsRegexp) {
    out.append(call.name());
    if (call.name().equals("*")) {
      return;
    }
    out.append('(');
    int count = call.arguments().size();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ", ");
      argument(out, call.arguments().get(i), lastIsRegexp && i == count - 1);
    }
    out.append(')');
  }

  private static void argument(StringBuilder out, LiteralNode argument, boolean regexp) {
    switch (argument) {
      case LiteralNode.Number number -> out.append(Numbers.text(number.value()));
      case LiteralNode.Text text when regexp -> Literals.regexp(out, text.value());
      case LiteralNode.Text text -> Literals.quote(out, text.value());
    }
  }

  private static void backend(StringBuilder out, BackendNode backend) {
    switch (backend) {
      case Network network -> Literals.quote(out, network.address());
      case Shunt _ -> out.append("<shunt>");
      case Loopback _ -> out.append("<loopback>");
      case Dynamic _ -> out.append("<dynamic>");
      case Forward _ -> out.append("<forward>");
      case Balanced balanced -> balanced(out, balanced);
    }
  }

  private static void balanced(StringBuilder out, Balanced balanced) {
    String separator = "<";
    if (balanced.algorithm() != null) {
      out.append('<').append(balanced.algorithm());
      separator = ", ";
    }
    for (var endpoint : balanced.endpoints()) {
      out.append(separator);
      Literals.quote(out, EndpointAddress.of(endpoint.address()).text());
      separator = ", ";
    }
    out.append('>');
  }
}
