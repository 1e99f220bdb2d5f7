package dev.sluice.cli.flag;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.Flags;
import dev.sluice.routes.declare.Suggestions;
import java.util.ArrayList;
import java.util.List;

/// Splits a command line by Go's rules: `-x v`, `-x=v`, `--x v`; a switch takes no further argument; `--` or the first argument that is no
/// flag ends the flags.
final class FlagParser {
  private final List<Use> uses = new ArrayList<>();
  private List<String> rest = List.of();
  private boolean help;

  /// One flag with the text of its value; a switch without value has `true`.
  record Use(Flag<?> flag, String text) {}

  /// @throws FlagProblem with exit status 2: an unknown flag, or one without its value
  static FlagParser split(List<String> args) throws FlagProblem {
    var parser = new FlagParser();
    parser.read(args);
    return parser;
  }

  List<Use> uses() {
    return uses;
  }

  /// What is left behind the flags.
  List<String> rest() {
    return rest;
  }

  boolean help() {
    return help;
  }

  private void read(List<String> args) throws FlagProblem {
    int at = 0;
    while (at < args.size()) {
      String arg = args.get(at);
      if (arg.length() < 2 || arg.charAt(0) != '-') {
        break;
      }
      at++;
      if (arg.equals("--")) {
        break;
      }
      String written = arg.startsWith("--") ? arg.substring(2) : arg.substring(1);
      int equals = written.indexOf('=');
      String name = equals < 0 ? written : written.substring(0, equals);
      if (name.equals("help") || name.equals("h")) {
        help = true;
        continue;
      }
      Flag<?> flag = flag(arg, name);
      if (equals >= 0) {
        uses.add(new Use(flag, written.substring(equals + 1)));
      } else if (flag.kind() == Flag.Kind.SWITCH) {
        uses.add(new Use(flag, "true"));
      } else if (at < args.size()) {
        uses.add(new Use(flag, args.get(at++)));
      } else {
        throw FlagProblem.wrongFlag("flag needs a value: -" + name, "write " + FlagValues.usage(flag));
      }
    }
    rest = List.copyOf(args.subList(at, args.size()));
  }

  private static Flag<?> flag(String arg, String name) throws FlagProblem {
    Flag<?> flag = Flags.byName().get(name);
    if (flag == null) {
      String near = Suggestions.closest(name, Flags.byName().keySet());
      throw FlagProblem.wrongFlag(
          "unknown flag \"" + arg + "\"", near == null ? "list the flags with -help" : "did you mean -" + near + "?");
    }
    return flag;
  }
}
