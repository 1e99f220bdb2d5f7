package dev.sluice.grammar;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts that are no route files at all: one word about that is better than fifty about their characters.
final class OtherFormat {
  private record Format(Pattern beginning, String name, String help) {}

  private static final List<Format> FORMATS = List.of(
      new Format(Pattern.compile("(?i)\\s*<(!doctype|html|\\?xml).*", Pattern.DOTALL), "an HTML or XML document",
          "check where the text comes from; web servers answer so for a missing file"),
      new Format(Pattern.compile("\\s*[\\[{]\\s*([\\[{\"].*|[]}]\\s*)?", Pattern.DOTALL), "JSON",
          "write the routes in the route language; JSON is only printed"),
      new Format(Pattern.compile("(---\\s.*|\\s*\\w+:[ \\t]*\\R\\s*-\\s.*|\\s*apiVersion:.*)", Pattern.DOTALL), "YAML",
          "write the routes in the route language: id: Path(\"/a\") -> \"http://host:8080\";"));

  private OtherFormat() {}

  /// One diagnostic for a text in another format, or null.
  static @Nullable Diagnostic recognise(SourceText source) {
    String beginning = ByteText.replaceEscapes(ByteText.decode(source.bytes(), 0, Math.min(200, source.bytes().length)));
    int start = 0;
    while (start < beginning.length() && beginning.charAt(start) <= ' ') {
      start++;
    }
    for (Format format : FORMATS) {
      if (format.beginning.matcher(beginning).matches()) {
        return Diagnostic.error(SyntaxCode.UNEXPECTED, source, new Span(start, start + 1), "this is " + format.name + ", not a route file")
            .withHelp(format.help);
      }
    }
    return null;
  }
}
