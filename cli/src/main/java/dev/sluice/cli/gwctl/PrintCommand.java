package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.JsonPrinter;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RoutePrinter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl print`: routes in one form, whatever they looked like; comments are lost.
final class PrintCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("print");
  }

  @Override
  public CommandSpec spec() {
    return EtcdFlags.declare(RouteInputs.declare(Options.spec("print", "Prints routes in one form, on one line each. Comments are lost.")
        .addOption(Options.onOff("pretty", "each filter and the backend on a line of its own"))
        .addOption(Options.text("indent", "BLANKS", "stands before these lines; two blanks unless given"))
        .addOption(Options.onOff("json", "print as JSON"))));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    if (Options.paths(args).size() > 1) {
      throw UsageProblem.usage("too many inputs: print takes one file or folder", "print them one by one");
    }
    String indent = Options.text(args, "indent", "  ");
    boolean pretty = Options.isOn(args, "pretty");
    if (pretty && !indent.chars().allMatch(c -> "\t\n\f\r ".indexOf(c) >= 0)) {
      throw UsageProblem.usage("-indent must be white space, not \"" + indent + "\"", "write -indent '    '");
    }
    var texts = RouteInputs.routes(args, surroundings);
    new Console(surroundings).show(texts.diagnostics());
    if (!texts.ok() && texts.printable().isEmpty()) {
      return ExitCodes.BAD_INPUT;
    }
    byte[] printed = Options.isOn(args, "json")
        ? JsonPrinter.print(texts.printable(), false).getBytes(StandardCharsets.UTF_8)
        : RoutePrinter.toBytes(RoutePrinter.print(texts.printable(), pretty ? new PrintStyle(true, indent) : PrintStyle.PLAIN));
    PrintStream out = surroundings.out();
    out.write(printed, 0, printed.length);
    out.flush();
    return texts.ok() ? ExitCodes.OK : ExitCodes.BAD_INPUT;
  }
}
