package dev.sluice.cli.gwctl;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxFile;
import java.util.ArrayList;
import java.util.List;

/// Route texts read as routes, with everything that is wrong with their syntax.
///
/// @param results one for each text, in order
record Texts(List<ParseResult> results) {
  Texts {
    results = List.copyOf(results);
  }

  static Texts parse(List<SourceText> sources) {
    return new Texts(sources.stream().map(RouteParser::parse).toList());
  }

  boolean ok() {
    return results.stream().allMatch(ParseResult::ok);
  }

  List<Diagnostic> diagnostics() {
    var all = new ArrayList<Diagnostic>();
    results.forEach(result -> all.addAll(result.diagnostics()));
    return all;
  }

  /// The texts whose syntax is right.
  List<SyntaxFile> files() {
    return results.stream().filter(ParseResult::ok).map(ParseResult::file).toList();
  }

  /// The routes of all texts; none of a text with an error.
  List<RouteNode> routes() {
    var all = new ArrayList<RouteNode>();
    results.forEach(result -> all.addAll(result.file().routes()));
    return all;
  }
}
