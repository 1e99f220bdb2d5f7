package dev.sluice.cli.gwctl;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.JsonPrinter;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl print`: routes in one form, whatever they looked like; comments are lost. With `-merged` those that a gateway would run, with `-tree` by
/// their paths.
final class PrintCommand implements Command {
  private static final List<Flag<?>> FLAGS =
      Stream.concat(GatewayFlags.ROUTES.stream(), Stream.of(RequestFlags.IGNORE_TRAILING_SLASH)).toList();

  @Override
  public List<String> names() {
    return List.of("print");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Options.spec("print", "Prints routes in one form, on one line each. Comments are lost.")
        .addOption(Options.onOff("pretty", "each filter and the backend on a line of its own"))
        .addOption(Options.text("indent", "BLANKS", "stands before these lines; two blanks unless given"))
        .addOption(Options.onOff("json", "print as JSON"))
        .addOption(Options.onOff("merged", "print what a gateway with the flags below would run; takes several files and folders"))
        .addOption(Options.onOff("tree", "print the tree of paths, routes in the order in which they are asked"));
    return GatewayFlags.declare(EtcdFlags.declare(RouteInputs.declare(spec)), FLAGS);
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    boolean tree = Options.isOn(args, "tree");
    boolean asRun = tree || Options.isOn(args, "merged");
    PrintStyle style = style(args);
    check(args, asRun, tree);
    GatewaySettings settings = GatewayFlags.read(args, FLAGS, surroundings);
    var texts = RouteInputs.routes(args, surroundings);
    var console = new Console(surroundings);
    console.show(texts.diagnostics());
    if (!texts.ok() && texts.printable().isEmpty()) {
      return ExitCodes.BAD_INPUT;
    }
    if (!asRun) {
      print(texts.printable(), style, args, surroundings);
      return texts.ok() ? ExitCodes.OK : ExitCodes.BAD_INPUT;
    }
    boolean forwards = tree && Options.text(args, "config") == null && settings.get(BackendFlags.FORWARD_BACKEND_URL).isEmpty();
    var routes = GatewayRoutes.of(texts, settings, InstalledCatalog.load(), forwards);
    console.show(routes.problems());
    if (tree) {
      byte[] printed = RoutePrinter.toBytes(PathTreeText.of(routes, settings.get(RequestFlags.IGNORE_TRAILING_SLASH)));
      write(printed, surroundings);
    } else {
      print(routes.definitions().stream().map(route -> routes.written(route.id()).node()).toList(), style, args, surroundings);
    }
    return !texts.ok() ? ExitCodes.BAD_INPUT : routes.ok() ? ExitCodes.OK : ExitCodes.FINDINGS;
  }

  private static PrintStyle style(ParseResult args) throws UsageProblem {
    if (!Options.isOn(args, "pretty")) {
      return PrintStyle.PLAIN;
    }
    String indent = Options.text(args, "indent", "  ");
    if (!indent.chars().allMatch(c -> "\t\n\f\r ".indexOf(c) >= 0)) {
      throw UsageProblem.usage("-indent must be white space, not \"" + indent + "\"", "write -indent '    '");
    }
    return new PrintStyle(true, indent);
  }

  private static void check(ParseResult args, boolean asRun, boolean tree) throws UsageProblem {
    if (!asRun && Options.paths(args).size() > 1) {
      throw UsageProblem.usage("too many inputs: print takes one file or folder", "print them one by one");
    }
    String flag = GatewayFlags.firstGiven(args, FLAGS);
    if (!asRun && flag != null) {
      throw UsageProblem.usage("-" + flag + " changes nothing without -merged or -tree", "write gwctl print -merged");
    }
    if (tree && (Options.isOn(args, "json") || Options.isOn(args, "pretty"))) {
      throw UsageProblem.usage("-tree has a form of its own", "leave -json and -pretty out, or -tree");
    }
  }

  private static void print(List<RouteNode> routes, PrintStyle style, ParseResult args, Surroundings surroundings) {
    write(Options.isOn(args, "json")
        ? JsonPrinter.print(routes, false).getBytes(StandardCharsets.UTF_8)
        : RoutePrinter.toBytes(RoutePrinter.print(routes, style)), surroundings);
  }

  private static void write(byte[] printed, Surroundings surroundings) {
    PrintStream out = surroundings.out();
    out.write(printed, 0, printed.length);
    out.flush();
  }
}
