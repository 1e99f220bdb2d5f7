package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl completion SHELL`: a script that completes commands, flags and file names.
final class CompletionCommand implements Command {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  @Override
  public List<String> names() {
    return List.of("completion");
  }

  @Override
  public CommandSpec spec() {
    return Options.spec("completion", "Prints a script for bash, zsh or fish that completes gwctl's command line.")
        .addPositional(Options.paths("bash, zsh or fish"));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    List<String> shells = Options.paths(args);
    if (shells.size() != 1 || !SHELLS.contains(shells.getFirst())) {
      throw UsageProblem.usage("completion needs the name of a shell", "write gwctl completion " + String.join("|", SHELLS));
    }
    surroundings.out().print(switch (shells.getFirst()) {
      case "fish" -> fish();
      case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
      default -> bash();
    });
    surroundings.out().flush();
    return ExitCodes.OK;
  }

  private static String names(Stream<Command> commands) {
    return commands.flatMap(command -> command.names().stream()).collect(Collectors.joining(" "));
  }

  private static String bash() {
    var cases = new StringBuilder();
    for (Command command : Gwctl.commands()) {
      String flags = command.spec().options().stream().map(option -> option.names()[0]).collect(Collectors.joining(" "));
      cases.append("    ").append(String.join("|", command.names())).append(") flags='").append(flags).append("' ;;\n");
    }
    return """
        _gwctl() {
          local word=${COMP_WORDS[COMP_CWORD]} flags=
          if [ "$COMP_CWORD" -eq 1 ]; then
            COMPREPLY=($(compgen -W '%s' -- "$word"))
            return
          fi
          case ${COMP_WORDS[1]} in
        %s  esac
          case $word in
            -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
            *) COMPREPLY=($(compgen -f -- "$word")) ;;
          esac
        }
        complete -o filenames -F _gwctl gwctl ./gwctl
        """.formatted(names(Gwctl.commands().stream()), cases);
  }

  private static String fish() {
    var script = new StringBuilder("complete -c gwctl -n __fish_use_subcommand -f\n");
    for (Command command : Gwctl.commands()) {
      CommandSpec spec = command.spec();
      for (String name : command.names()) {
        script.append("complete -c gwctl -n __fish_use_subcommand -a ").append(name)
            .append(" -d ").append(quoted(spec.usageMessage().description()[0])).append('\n');
        for (OptionSpec option : spec.options()) {
          script.append("complete -c gwctl -n '__fish_seen_subcommand_from ").append(name).append("' -o ")
              .append(option.names()[0].substring(1)).append(" -d ").append(quoted(option.description()[0])).append('\n');
        }
      }
    }
    return script.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
