package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.routes.declare.Suggestions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The route tool: finds the command, reads its options, runs it.
public final class Gwctl {
  private static final List<Command> COMMANDS = List.of(
      new CheckCommand(),
      new PrintCommand(),
      new FormatCommand(),
      new ExplainCommand(),
      new MatchCommand(),
      new PatchCommand(),
      new DocCommand(),
      new CompletionCommand(),
      new VersionCommand(),
      new EtcdCommand(EtcdCommand.Kind.UPSERT),
      new EtcdCommand(EtcdCommand.Kind.RESET),
      new EtcdCommand(EtcdCommand.Kind.DELETE));

  private final Surroundings surroundings;
  private final Console console;

  private Gwctl(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.console = new Console(surroundings);
  }

  /// Runs one command.
  ///
  /// @return one of [ExitCodes]
  public static int run(List<String> args, Surroundings surroundings) {
    var tool = new Gwctl(surroundings);
    try {
      return tool.run(args);
    } catch (UsageProblem e) {
      tool.console.error(String.valueOf(e.getMessage()), e.help());
      return e.exitStatus();
    } catch (OutOfMemoryError e) {
      tool.console.error("not enough memory for this input", "give more, for example SLUICE_JAVA_OPTS=-Xmx4g, or split it");
      return ExitCodes.BAD_INPUT;
    } catch (RuntimeException | StackOverflowError e) {
      tool.console.error("a bug in gwctl: " + e, "report it with this text and the command");
      if (surroundings.environment().containsKey("SLUICE_DEBUG")) {
        e.printStackTrace(surroundings.err());
      }
      return ExitCodes.BUG;
    }
  }

  /// All commands, in the order of the help page.
  static List<Command> commands() {
    return COMMANDS;
  }

  private int run(List<String> args) throws UsageProblem {
    Command command = args.isEmpty() ? null : find(args.getFirst());
    if (asksForHelp(args)) {
      surroundings.out().print(command == null ? overview() : page(command));
      surroundings.out().flush();
      return ExitCodes.OK;
    }
    if (args.isEmpty() || args.getFirst().startsWith("-")) {
      throw UsageProblem.usage("missing command", "write gwctl check PATH; list the commands with gwctl -help");
    }
    if (command == null) {
      String near = Suggestions.closest(args.getFirst(), names());
      throw UsageProblem.usage(
          "unknown command \"" + args.getFirst() + "\"",
          near == null ? "list the commands with gwctl -help" : "did you mean " + near + "?");
    }
    return command.run(parsed(command, args.subList(1, args.size())), surroundings);
  }

  /// As in the original tool, `-help` anywhere means help.
  private static boolean asksForHelp(List<String> args) {
    int end = args.indexOf("--");
    return args.subList(0, end < 0 ? args.size() : end).stream()
        .anyMatch(arg -> arg.equals("-help") || arg.equals("--help") || arg.equals("-h"))
        || !args.isEmpty() && args.getFirst().equals("help");
  }

  private static @Nullable Command find(String name) {
    return COMMANDS.stream().filter(command -> command.names().contains(name)).findFirst().orElse(null);
  }

  private static List<String> names() {
    return COMMANDS.stream().flatMap(command -> command.names().stream()).toList();
  }

  private static CommandLine.ParseResult parsed(Command command, List<String> args) throws UsageProblem {
    var line = new CommandLine(command.spec())
        .setPosixClusteredShortOptionsAllowed(false)
        .setAllowOptionsAsOptionParameters(true)
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false);
    try {
      return line.parseArgs(args.toArray(String[]::new));
    } catch (UnmatchedArgumentException e) {
      throw UsageProblem.usage("unknown flag \"" + e.getUnmatched().getFirst() + "\" of gwctl " + command.names().getFirst(), hint(command, e));
    } catch (MissingParameterException e) {
      throw UsageProblem.usage("flag needs a value: " + args.getLast(), seeHelp(command));
    } catch (ParameterException e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), seeHelp(command));
    }
  }

  private static String hint(Command command, UnmatchedArgumentException problem) {
    var flags = new ArrayList<String>();
    command.spec().options().forEach(option -> flags.add(option.names()[0].substring(1)));
    String near = Suggestions.closest(problem.getUnmatched().getFirst().replaceFirst("^-+", ""), flags);
    return near == null ? seeHelp(command) : "did you mean -" + near + "?";
  }

  private static String seeHelp(Command command) {
    return "list the flags with gwctl " + command.names().getFirst() + " -help";
  }

  private String page(Command command) {
    var page = new StringWriter();
    var spec = command.spec();
    spec.name("gwctl " + command.names().getFirst());
    new CommandLine(spec).setInterpolateVariables(false)
        .usage(new PrintWriter(page, true), surroundings.colours() ? Ansi.ON : Ansi.OFF);
    return page.toString();
  }

  private static String overview() {
    var page = new StringBuilder("""
        usage: gwctl COMMAND [flags] [PATH…]

          gwctl check routes                        all errors of all route files below a folder
          gwctl print -pretty routes.gw             routes in one form
          gwctl fmt -write routes.gw                the same layout, with comments
          gwctl explain GET /shop routes            which route takes a request, and why
          gwctl patch -append 'flowId()' routes.gw  filters added to every route
          cat routes.gw | gwctl check               standard input, too

        commands:
        """);
    for (Command command : COMMANDS) {
      page.append("  %-12s%s%n".formatted(command.names().getFirst(), command.spec().usageMessage().description()[0]));
    }
    return page.append("\nThe flags of a command: gwctl COMMAND -help. They may be written with one dash or with two.\n").toString();
  }
}
