package dev.sluice.cli.gwctl;

import dev.sluice.cli.gwctl.Lookup.Tried;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.table.Match;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A look-up for programs: one object on one line.
///
/// `explain`: `request`, `tried` (each with `route`, `takes`, and for a route that does not take the request `predicate` with its place and
/// `reason`), `notTried`, what `match` has, and for a route that ends in a loopback `loopback`: `leftOut` (filters that were not run), `end` when the request
/// is not looked up again, else all of this once more. `match`: `route` (null when there is none) with `file`, `line`, `column`, `endLine`, `endColumn` and
/// `parameters`; without a route `status` and, when the request is refused before any route is asked, `refusal`, and with a
/// route `behindLoopback` when no route serves the request there, with the reason.
final class LookupJson {
  private LookupJson() {}

  static String match(Lookup found) {
    return write(json -> {
      route(json, found);
      String failure = found.failure();
      if (found.match() != null && failure != null) {
        json.writeStringProperty("behindLoopback", failure);
      }
    });
  }

  static String explanation(Lookup found) {
    return write(json -> explanation(json, found));
  }

  private static void explanation(JsonGenerator json, Lookup found) {
    request(json, found.asked());
    json.writeArrayPropertyStart("tried");
    found.tried().forEach(tried -> tried(json, tried, found));
    json.writeEndArray();
    json.writeNumberProperty("notTried", found.others());
    route(json, found);
    Loopback loopback = found.loopback();
    if (loopback == null) {
      return;
    }
    json.writeObjectPropertyStart("loopback");
    json.writeArrayPropertyStart("leftOut");
    loopback.leftOut().forEach(filter -> json.writeString(filter));
    json.writeEndArray();
    if (loopback.end() != null) {
      json.writeStringProperty("end", loopback.end());
    }
    Lookup next = found.next();
    if (next != null) {
      explanation(json, next);
    }
    json.writeEndObject();
  }

  private static String write(Consumer<JsonGenerator> content) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      content.accept(json);
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void request(JsonGenerator json, AskedRequest asked) {
    json.writeObjectPropertyStart("request");
    json.writeStringProperty("method", asked.request().method());
    json.writeStringProperty("target", asked.target());
    json.writeStringProperty("host", asked.request().host());
    json.writeStringProperty("from", asked.from());
    json.writeStringProperty("at", asked.at().toString());
    json.writeEndObject();
  }

  private static void tried(JsonGenerator json, Tried tried, Lookup found) {
    PlacedRoute route = found.written(tried.route());
    CallNode failing = tried.failing();
    json.writeStartObject();
    json.writeStringProperty("route", route.node().id());
    json.writeBooleanProperty("takes", failing == null);
    if (failing == null) {
      place(json, route.source(), route.node().span());
    } else {
      json.writeStringProperty("predicate", RoutePrinter.call(failing));
      place(json, route.sourceOf(failing), failing.span());
      String why = LookupText.mismatch(tried, found.asked());
      if (why != null) {
        json.writeStringProperty("reason", why);
      }
    }
    json.writeEndObject();
  }

  private static void route(JsonGenerator json, Lookup found) {
    Match match = found.match();
    if (match == null) {
      json.writeNullProperty("route");
      json.writeNumberProperty("status", found.unmatchedStatus());
      var refusal = found.asked().refusal();
      if (refusal != null) {
        json.writeStringProperty("refusal", refusal.reason());
      }
      return;
    }
    PlacedRoute route = found.written(match.route());
    json.writeStringProperty("route", route.node().id());
    place(json, route.source(), route.node().span());
    json.writeObjectPropertyStart("parameters");
    for (int i = 0; i < match.names().length; i++) {
      if (!match.names()[i].isEmpty()) {
        json.writeStringProperty(match.names()[i], match.values()[i]);
      }
    }
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, SourceText source, Span span) {
    json.writeStringProperty("file", source.name());
    json.writeNumberProperty("line", source.line(span.start()));
    json.writeNumberProperty("column", source.column(span.start()));
    json.writeNumberProperty("endLine", source.line(span.end()));
    json.writeNumberProperty("endColumn", source.column(span.end()));
  }
}
