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
/// @param printable the routes to print: none when a document has an error; of routes that are kept one by one also those that cannot be
///     read, with an empty address
record Texts(List<ParseResult> results, List<RouteNode> printable) {
  Texts {
    results = List.copyOf(results);
    printable = List.copyOf(printable);
  }

  /// Documents.
  static Texts parse(List<SourceText> sources) {
    List<ParseResult> results = sources.stream().map(RouteParser::parse).toList();
    boolean ok = results.stream().allMatch(ParseResult::ok);
    return new Texts(results, ok ? results.stream().flatMap(each -> each.file().routes().stream()).toList() : List.of());
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
