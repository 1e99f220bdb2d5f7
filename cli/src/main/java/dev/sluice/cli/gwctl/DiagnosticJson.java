package dev.sluice.cli.gwctl;

import dev.sluice.grammar.ByteText;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Diagnostics as JSON: an array of objects with `code`, `severity`, `message`, and where known `file`, `line`, `column`, `endLine`,
/// `endColumn` (from 1, the end exclusive), `route`, `help`, `labels`, and `edit`: the text that mends it, instead of the bytes from `start` to `end` (from
/// 0, the end exclusive).
final class DiagnosticJson {
  private DiagnosticJson() {}

  /// The array, with a line feed behind it.
  static String write(List<Diagnostic> diagnostics) {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      diagnostics.forEach(diagnostic -> write(json, diagnostic));
      json.writeEndArray();
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Diagnostic diagnostic) {
    json.writeStartObject();
    string(json, "code", diagnostic.code().code());
    string(json, "severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
    string(json, "message", diagnostic.message());
    SourceText source = diagnostic.source();
    if (source != null) {
      place(json, source, diagnostic.span());
    }
    String route = diagnostic.routeId();
    if (route != null && !route.isEmpty()) {
      string(json, "route", route);
    }
    String help = diagnostic.help();
    if (help != null) {
      string(json, "help", help);
    }
    if (!diagnostic.labels().isEmpty()) {
      json.writeArrayPropertyStart("labels");
      for (Diagnostic.Label label : diagnostic.labels()) {
        json.writeStartObject();
        string(json, "text", label.text());
        SourceText where = label.source() == null ? source : label.source();
        if (where != null) {
          place(json, where, label.span());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    Diagnostic.TextEdit edit = diagnostic.edit();
    if (edit != null) {
      json.writeObjectPropertyStart("edit");
      json.writeNumberProperty("start", edit.span().start());
      json.writeNumberProperty("end", edit.span().end());
      string(json, "text", edit.text());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, String value) {
    json.writeStringProperty(name, ByteText.replaceEscapes(value));
  }

  private static void place(JsonGenerator json, SourceText source, Span span) {
    string(json, "file", source.name());
    json.writeNumberProperty("line", source.line(span.start()));
    json.writeNumberProperty("column", source.column(span.start()));
    json.writeNumberProperty("endLine", source.line(span.end()));
    json.writeNumberProperty("endColumn", source.column(span.end()));
  }
}
