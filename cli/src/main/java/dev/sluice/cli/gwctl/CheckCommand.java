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
import dev.sluice.routes.check.RouteChecker;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.declare.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
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
    return EtcdFlags.declare(RouteInputs.declare(Options.spec("check", "Checks routes: syntax, names, arguments, addresses; all errors in one run.")
        .addOption(Options.choice("format", List.of(TEXT, JSON), "text to standard error, or JSON to standard output"))
        .addOption(Options.text("config", "FILE", "the gateway's configuration file: its flags decide what is allowed"))
        .addOption(Options.onOff("quiet", "no summary"))));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    String format = Options.text(args, "format", TEXT);
    if (!List.of(TEXT, JSON).contains(format)) {
      throw UsageProblem.usage("unknown format \"" + format + "\"", "write -format text or -format json");
    }
    GatewaySettings settings = settings(Options.text(args, "config"), surroundings);
    // Made while the texts are read: each takes as long as the other for a small file.
    var catalog = CompletableFuture.supplyAsync(InstalledCatalog::load);
    var texts = RouteInputs.routes(args, surroundings);
    List<Diagnostic> found = findings(texts, catalog.join(), settings, Options.text(args, "config") != null);
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

  /// Syntax errors first; then what the gateway would say about the texts whose syntax is right.
  ///
  /// @param known whether the gateway's settings are known; else everything counts as allowed
  private static List<Diagnostic> findings(Texts texts, Catalog catalog, GatewaySettings settings, boolean known) {
    var options = new RouteBuilder.Options(Set.copyOf(settings.get(RouteFlags.DISABLED_FILTERS)));
    boolean forwards = !known || !settings.get(BackendFlags.FORWARD_BACKEND_URL).isEmpty();
    var found = new ArrayList<>(texts.diagnostics());
    new RouteChecker(catalog, options).check(texts.files()).stream()
        .filter(finding -> finding.code() != RouteCode.FORWARD_WITHOUT_ADDRESS || !forwards)
        .forEach(found::add);
    return found;
  }

  private static GatewaySettings settings(@Nullable String config, Surroundings surroundings) throws UsageProblem {
    if (config == null) {
      return GatewaySettings.defaults();
    }
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
