package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl match METHOD URL`: the route that takes a request, and nothing else.
final class MatchCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("match");
  }

  @Override
  public CommandSpec spec() {
    return Lookup.spec("match", "Prints the route that takes a request; status 1 when none does.");
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    Lookup found = Lookup.of(args, surroundings);
    if (found == null) {
      return ExitCodes.BAD_INPUT;
    }
    boolean json = Options.text(args, "format", Lookup.TEXT).equals(Lookup.JSON);
    surroundings.out().print(json ? LookupJson.match(found) : LookupText.match(found));
    surroundings.out().flush();
    String failure = found.failure();
    if (!json && failure != null) {
      new Console(surroundings).line((found.match() == null ? "" : "behind the loopback: ") + failure);
    }
    return found.exitStatus();
  }
}
