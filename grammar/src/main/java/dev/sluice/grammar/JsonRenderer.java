package dev.sluice.grammar;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Diagnostics as JSON, for programs: one array on one line, with a line feed at the end.
///
/// ```json
/// [{"code":"GW1005","severity":"error","message":"unexpected \"=>\"","file":"routes.gw",
///   "range":{"start":{"offset":5,"line":1,"column":6},"end":{"offset":7,"line":1,"column":8}},
///   "route":"r","labels":[],"help":"write \"->\"",
///   "edit":{"range":{…},"text":"->"}}]
/// ```
///
/// Offsets count bytes from 0, lines and columns from 1; the end of a range is exclusive. `file` and `range` are absent for a
/// finding about
/// no text; `route`, `help` and `edit` where there is none. A label has `message`, `file` and `range`. Members may be added
/// later.
public final class JsonRenderer {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonRenderer() {}

  public static String render(List<Diagnostic> diagnostics) {
    var text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartArray();
      diagnostics.forEach(diagnostic -> write(out, diagnostic));
      out.writeEndArray();
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator out, Diagnostic diagnostic) {
    out.writeStartObject();
    string(out, "code", diagnostic.code().code());
    string(out, "severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    string(out, "message", diagnostic.message());
    var source = diagnostic.source();
    if (source != null) {
      place(out, source, diagnostic.span());
    }
    if (diagnostic.routeId() != null) {
      string(out, "route", diagnostic.routeId());
    }
    out.writeArrayPropertyStart("labels");
    for (var label : diagnostic.labels()) {
      out.writeStartObject();
      string(out, "message", label.text());
      var at = label.source() == null ? source : label.source();
      if (at != null) {
        place(out, at, label.span());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    if (diagnostic.help() != null) {
      string(out, "help", diagnostic.help());
    }
    var edit = diagnostic.edit();
    if (edit != null && source != null) {
      out.writeObjectPropertyStart("edit");
      range(out, source, edit.span());
      string(out, "text", edit.text());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void place(JsonGenerator out, SourceText source, Span span) {
    string(out, "file", source.name());
    range(out, source, span);
  }

  private static void range(JsonGenerator out, SourceText source, Span span) {
    out.writeObjectPropertyStart("range");
    position(out, "start", source, span.start());
    position(out, "end", source, span.end());
    out.writeEndObject();
  }

  private static void position(JsonGenerator out, String name, SourceText source, int offset) {
    out.writeObjectPropertyStart(name);
    out.writeNumberProperty("offset", offset);
    out.writeNumberProperty("line", source.line(offset));
    out.writeNumberProperty("column", source.column(offset));
    out.writeEndObject();
  }

  private static void string(JsonGenerator out, String name, String value) {
    out.writeStringProperty(name, ByteText.replaceEscapes(value));
  }
}
