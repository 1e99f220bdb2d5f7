package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl upsert`, `reset` and `delete`: known, so that old scripts get a clear answer; the extension for etcd brings them.
record EtcdCommand(String name, String summary) implements Command {
  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public CommandSpec spec() {
    return RouteInputs.declare(Options.spec(name, summary + " Needs the extension for etcd.")
        .addOption(Options.text("ids", "A,B", "ids of routes")));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    throw UsageProblem.usage(
        "\"" + name + "\" works on etcd, and the extension for etcd is not installed", "keep routes in files: ./gateway -routes FOLDER");
  }
}
