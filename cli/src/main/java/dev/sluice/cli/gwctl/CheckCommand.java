package dev.sluice.cli.gwctl;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.Severity;
import dev.sluice.grammar.SourceText;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.routes.check.RouteChecker;
import dev.sluice.routes.check.RouteChecker.Checked;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl check`: all errors of all route texts in one run.
final class CheckCommand implements Command {
  private static final String TEXT = "text";
  private static final String JSON = "json";
  /// Of the gateway: what they allow and expand. Without them, and without its configuration file, every filter counts as enabled.
  private static final List<Flag<?>> FLAGS = List.of(
      RouteFlags.DISABLED_FILTERS, BackendFlags.FORWARD_BACKEND_URL, ProcessFlags.EXPAND_ENV, ProcessFlags.ENV_FILE);

  @Override
  public List<String> names() {
    return List.of("check");
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Options.spec("check", "Checks routes: syntax, names, arguments, addresses; all errors in one run.")
        .addOption(Options.choice("format", List.of(TEXT, JSON), "text to standard error, or JSON to standard output"))
        .addOption(Options.onOff("quiet", "no summary"));
    return GatewayFlags.declare(EtcdFlags.declare(RouteInputs.declare(spec)), FLAGS);
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    String format = Options.text(args, "format", TEXT);
    if (!List.of(TEXT, JSON).contains(format)) {
      throw UsageProblem.usage("unknown format \"" + format + "\"", "write -format text or -format json");
    }
    GatewaySettings settings = GatewayFlags.read(args, FLAGS, surroundings);
    GatewayRoutes.preProcessing(settings); // the routes are checked as written, but its settings must be right, too
    // Made while the texts are read: each takes as long as the other for a small file.
    var catalog = CompletableFuture.supplyAsync(InstalledCatalog::load);
    List<SourceText> texts = RouteInputs.unlessInEtcd(args, Options.paths(args), surroundings);
    // Without the gateway's settings everything counts as allowed.
    boolean forwards = Options.text(args, "config") == null || !settings.get(BackendFlags.FORWARD_BACKEND_URL).isEmpty();
    var checker = new RouteChecker(catalog.join(), settings.routeOptions().withForwards(forwards));
    // The texts go one by one, and nothing of them is kept: a file of 100,000 routes makes only garbage.
    List<Checked> checked = texts == null
        ? RouteInputs.inEtcd(args).results().stream().map(checker::check).toList()
        : texts.stream().map(checker::check).toList();
    return report(checked, findings(checked), args, format, surroundings);
  }

  private static int report(List<Checked> checked, List<Diagnostic> found, ParseResult args, String format, Surroundings surroundings) {
    var console = new Console(surroundings);
    if (format.equals(JSON)) {
      surroundings.out().print(DiagnosticJson.write(found));
      surroundings.out().flush();
    } else {
      console.show(found);
    }
    if (!Options.isOn(args, "quiet")) {
      console.line(summary(found, checked));
    }
    return !ok(checked) ? ExitCodes.BAD_INPUT : found.stream().anyMatch(Diagnostic::isError) ? ExitCodes.FINDINGS : ExitCodes.OK;
  }

  private static boolean ok(List<Checked> checked) {
    return checked.stream().allMatch(Checked::ok);
  }

  private static List<Diagnostic> findings(List<Checked> checked) {
    return checked.stream().flatMap(text -> text.all().stream()).toList();
  }

  private static String summary(List<Diagnostic> found, List<Checked> checked) {
    long errors = found.stream().filter(Diagnostic::isError).count();
    long warnings = found.stream().filter(each -> each.severity() == Severity.WARNING).count();
    String what = errors == 0 ? "no errors" : count(errors, "error");
    String more = warnings == 0 ? "" : ", " + count(warnings, "warning");
    int routes = checked.stream().mapToInt(Checked::routes).sum();
    return what + more + " in " + count(checked.size(), "text") + (ok(checked) ? " with " + count(routes, "route") : "");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
