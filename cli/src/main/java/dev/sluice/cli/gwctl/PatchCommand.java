package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl patch`: adds filters to every route and prints the result.
final class PatchCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("patch");
  }

  @Override
  public CommandSpec spec() {
    return EtcdFlags.declare(RouteInputs.declare(Options.spec("patch", "Adds filters to every route and prints the result.")
        .addOption(Options.text("prepend", "FILTERS", "filters in front of those of each route"))
        .addOption(Options.text("prepend-file", "FILE", "the same from a file, behind those of -prepend"))
        .addOption(Options.text("append", "FILTERS", "filters behind those of each route"))
        .addOption(Options.text("append-file", "FILE", "the same from a file, behind those of -append"))
        .addOption(Options.onOff("pretty", "has no effect here"))
        .addOption(Options.text("indent", "BLANKS", "has no effect here"))
        .addOption(Options.onOff("json", "has no effect here"))));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    if (Options.paths(args).size() > 1) {
      throw UsageProblem.usage("too many inputs: patch takes one file or folder", "patch them one by one");
    }
    var console = new Console(surroundings);
    var problems = new ArrayList<Diagnostic>();
    List<CallNode> before = chain(args, "prepend", surroundings, problems);
    List<CallNode> behind = chain(args, "append", surroundings, problems);
    if (problems.stream().anyMatch(Diagnostic::isError)) {
      console.show(problems);
      return ExitCodes.BAD_INPUT;
    }
    var texts = RouteInputs.routes(args, surroundings);
    console.show(texts.diagnostics());
    if (!texts.ok()) {
      return ExitCodes.BAD_INPUT;
    }
    for (RouteNode route : texts.routes()) {
      byte[] printed = RoutePrinter.toBytes(RoutePrinter.print(List.of(patched(route, before, behind)), PrintStyle.PLAIN) + "\n");
      surroundings.out().write(printed, 0, printed.length);
    }
    surroundings.out().flush();
    return ExitCodes.OK;
  }

  /// The filters of the flag, then those of the file.
  private static List<CallNode> chain(ParseResult args, String flag, Surroundings surroundings, List<Diagnostic> problems)
      throws UsageProblem {
    var calls = new ArrayList<CallNode>();
    String text = Options.text(args, flag);
    if (text != null) {
      add(SourceText.of("-" + flag, text), calls, problems);
    }
    String file = Options.text(args, flag + "-file");
    if (file != null) {
      add(SourceText.of(file, RouteInputs.bytes(file, surroundings.file(file))), calls, problems);
    }
    return calls;
  }

  private static void add(SourceText source, List<CallNode> calls, List<Diagnostic> problems) {
    var read = RouteParser.filters(source);
    calls.addAll(read.calls());
    problems.addAll(read.diagnostics());
  }

  private static RouteNode patched(RouteNode route, List<CallNode> before, List<CallNode> behind) {
    var filters = new ArrayList<>(before);
    filters.addAll(route.filters());
    filters.addAll(behind);
    return new RouteNode(route.id(), route.idSpan(), route.predicates(), filters, route.backend(), route.span());
  }
}
