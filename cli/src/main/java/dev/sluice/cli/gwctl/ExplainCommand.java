package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl explain METHOD URL`: which route takes a request, and why those before it do not.
final class ExplainCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("explain");
  }

  @Override
  public CommandSpec spec() {
    return Lookup.spec("explain", "Tells which route takes a request, and why those before it do not.");
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    Lookup found = Lookup.of(args, surroundings);
    if (found == null) {
      return ExitCodes.BAD_INPUT;
    }
    boolean json = Options.text(args, "format", Lookup.TEXT).equals(Lookup.JSON);
    surroundings.out().print(json ? LookupJson.explanation(found) : LookupText.explanation(found));
    surroundings.out().flush();
    return found.exitStatus();
  }
}
