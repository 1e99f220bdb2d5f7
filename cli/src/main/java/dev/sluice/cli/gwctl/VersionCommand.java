package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.Version;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl version`.
final class VersionCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("version");
  }

  @Override
  public CommandSpec spec() {
    return Options.spec("version", "Prints the version.").addPositional(Options.paths("ignored"));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) {
    surroundings.out().println(Version.line("gwctl"));
    surroundings.out().flush();
    return ExitCodes.OK;
  }
}
