package dev.sluice.cli.gwctl;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.flag.CommandLineFlags;
import dev.sluice.cli.flag.FlagProblem;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.Severity;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl check`: all errors of all route texts in one run.
final class CheckCommand implements Command {
  private static final String TEXT = "text";
  private static final String JSON = "json";

  @Override
  public List<String> names() {
    return List.of("check");
  }

  @Override
  public CommandSpec spec() {
    return RouteInputs.declare(Options.spec("check", "Checks routes: syntax, names, arguments, addresses; all errors in one run.")
        .addOption(Options.choice("format", List.of(TEXT, JSON), "text to standard error, or JSON to standard output"))
        .addOption(Options.text("config", "FILE", "the gateway's configuration file: its flags decide what is allowed"))
        .addOption(Options.onOff("quiet", "no summary")));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    String format = Options.text(args, "format", TEXT);
    if (!List.of(TEXT, JSON).contains(format)) {
      throw UsageProblem.usage("unknown format \"" + format + "\"", "write -format text or -format json");
    }
    var findings = findings(args, surroundings);
    var texts = Texts.parse(RouteInputs.read(args, surroundings));
    List<Diagnostic> found = findings.in(texts);
    var console = new Console(surroundings);
    if (format.equals(JSON)) {
      surroundings.out().print(DiagnosticJson.write(found));
      surroundings.out().flush();
    } else {
      console.show(found);
    }
    if (!Options.isOn(args, "quiet")) {
      console.line(summary(found, texts));
    }
    return !texts.ok() ? ExitCodes.BAD_INPUT : found.stream().anyMatch(Diagnostic::isError) ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private static Findings findings(ParseResult args, Surroundings surroundings) throws UsageProblem {
    String config = Options.text(args, "config");
    if (config == null) {
      return new Findings(InstalledCatalog.load(), Set.of(), true);
    }
    var settings = settings(config, surroundings);
    return new Findings(
        InstalledCatalog.load(),
        Set.copyOf(settings.get(RouteFlags.DISABLED_FILTERS)),
        !settings.get(BackendFlags.FORWARD_BACKEND_URL).isEmpty());
  }

  private static GatewaySettings settings(String config, Surroundings surroundings) throws UsageProblem {
    var console = new Console(surroundings);
    try {
      return CommandLineFlags.read(
          List.of("-config-file", config), surroundings.environment(), surroundings::file, console::line).settings();
    } catch (FlagProblem e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), e.help());
    }
  }

  private static String summary(List<Diagnostic> found, Texts texts) {
    long errors = found.stream().filter(Diagnostic::isError).count();
    long warnings = found.stream().filter(each -> each.severity() == Severity.WARNING).count();
    String what = errors == 0 ? "no errors" : count(errors, "error");
    String more = warnings == 0 ? "" : ", " + count(warnings, "warning");
    int routes = texts.routes().size();
    return what + more + " in " + count(texts.results().size(), "text") + (texts.ok() ? " with " + count(routes, "route") : "");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
