package dev.sluice.grammar;

import dev.sluice.grammar.Diagnostic.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Diagnostics as text for people: what is wrong, where, and how to mend it.
///
/// ```
/// routes/api.gw:14:9: error: unknown filter "ratelimt" [GW2001]
///    14 |      -> ratelimt(100, "1m")
///       |         ^^^^^^^^
///   help: did you mean ratelimit(maxHits, window)?   gwctl doc GW2001
/// ```
///
/// The first line has the form that editors and CI systems recognise. Labels follow: on the same line as the error below its
/// carets,
/// elsewhere with an excerpt of their own. Control characters of the source never reach the terminal; tabs become four blanks;
/// of very
/// long lines the part around the error is shown.
///
/// @param colours writes ANSI colours
public record TerminalRenderer(boolean colours) {
  /// All diagnostics, each followed by an empty line but the last; every line ends with a line feed.
  public String render(List<Diagnostic> diagnostics) {
    var out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      out.append(out.isEmpty() ? "" : "\n").append(render(diagnostic));
    }
    return out.toString();
  }

  /// One diagnostic; every line ends with a line feed.
  public String render(Diagnostic diagnostic) {
    var out = new StringBuilder();
    var source = diagnostic.source();
    String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
    String colour = switch (diagnostic.severity()) {
      case ERROR -> "1;31";
      case WARNING -> "1;33";
      case NOTE -> "1;36";
    };
    out.append(source == null ? "" : place(source, diagnostic.span()))
        .append(paint(colour, severity + ":")).append(' ')
        .append(paint("1", Visible.of(diagnostic.message())))
        .append(" [").append(diagnostic.code().code()).append("]\n");
    if (source != null) {
      excerpt(out, diagnostic, source, colour);
    }
    for (Label label : diagnostic.labels()) {
      if (source == null || !isBeside(label, source, diagnostic.span())) {
        label(out, label, source);
      }
    }
    String help = diagnostic.help();
    out.append("  ").append(paint("1;32", "help:")).append(' ')
        .append(help == null ? "" : Visible.of(help) + "   ").append("gwctl doc ").append(diagnostic.code().code()).append('\n');
    return out.toString();
  }

  private static String place(SourceText source, Span span) {
    return Visible.of(source.name()) + ':' + source.line(span.start()) + ':' + source.column(span.start()) + ": ";
  }

  private void excerpt(StringBuilder out, Diagnostic diagnostic, SourceText source, String colour) {
    if (source.bytes().length == 0) {
      return;
    }
    var beside = diagnostic.labels().stream().filter(label -> isBeside(label, source, diagnostic.span())).toList();
    var marks = new ArrayList<Excerpt.Mark>();
    marks.add(new Excerpt.Mark(diagnostic.span(), '^'));
    beside.forEach(label -> marks.add(new Excerpt.Mark(label.span(), '-')));
    int line = source.line(diagnostic.span().start());
    draw(out, line, Excerpt.draw(source, line, marks), colour);
    for (Label label : beside) {
      var at = Excerpt.draw(source, line, List.of(marks.getFirst(), new Excerpt.Mark(label.span(), '-'))).marks().indexOf('-');
      if (at >= 0) {
        out.append(gutter("")).append(" ".repeat(at)).append(paint("1;34", Visible.of(label.text()))).append('\n');
      }
    }
  }

  private static boolean isBeside(Label label, SourceText source, Span span) {
    return label.source() == source && source.line(label.span().start()) == source.line(span.start());
  }

  private void label(StringBuilder out, Label label, @Nullable SourceText of) {
    var source = label.source() == null ? of : label.source();
    if (source == null) {
      out.append("  note: ").append(Visible.of(label.text())).append('\n');
      return;
    }
    int line = source.line(label.span().start());
    out.append("  ").append(place(source, label.span())).append("note: ").append(Visible.of(label.text())).append('\n');
    draw(out, line, Excerpt.draw(source, line, List.of(new Excerpt.Mark(label.span(), '-'))), "1;34");
  }

  private void draw(StringBuilder out, int line, Excerpt.Drawn drawn, String colour) {
    out.append(gutter(Integer.toString(line))).append(drawn.text()).append('\n');
    out.append(gutter("")).append(paint(colour, drawn.marks())).append('\n');
  }

  private String gutter(String number) {
    return paint("1;34", " ".repeat(Math.max(0, 5 - number.length())) + number + " |") + ' ';
  }

  private String paint(String colour, String text) {
    return colours ? "\u001B[" + colour + 'm' + text + "\u001B[0m" : text;
  }
}
