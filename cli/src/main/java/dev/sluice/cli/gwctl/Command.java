package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// One command of `gwctl`.
interface Command {
  /// Its names, the one to be shown first.
  List<String> names();

  /// Options, arguments and help text. Made anew at each call.
  CommandSpec spec();

  /// Runs it.
  ///
  /// @return the exit status, one of [ExitCodes]
  /// @throws UsageProblem when it cannot begin; the caller prints it
  int run(ParseResult args, Surroundings surroundings) throws UsageProblem;
}
