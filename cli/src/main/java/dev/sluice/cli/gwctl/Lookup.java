package dev.sluice.cli.gwctl;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.PlainRequest;
import dev.sluice.routes.table.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What the table of a gateway says to one request: the routes that were asked in order, and the one that takes it.
///
/// @param tried in the order they were asked
/// @param match null when no route takes the request
/// @param others how many routes were not asked
/// @param problem the exit status when texts had errors, else 0
/// @param loopback what its filters make of the request when the route ends in a loopback, else null
/// @param next the look-up behind the loopback, or null
record Lookup(AskedRequest asked, GatewaySettings settings, List<Tried> tried, @Nullable Match match, int others, GatewayRoutes routes, int problem,
    @Nullable Loopback loopback, @Nullable Lookup next) {
  private static final int DEFAULT_LOOPBACKS = 9;
  static final String TEXT = "text";
  static final String JSON = "json";
  private static final List<Flag<?>> FLAGS = Stream.concat(GatewayFlags.ROUTES.stream(), GatewayFlags.REQUESTS.stream()).toList();

  /// A route that was asked.
  ///
  /// @param failing its first predicate that does not hold; null when it takes the request
  record Tried(Route route, @Nullable CallNode failing) {}

  static CommandSpec spec(String name, String summary) {
    CommandSpec spec = AskedRequest.declare(Options.spec(name, summary))
        .addOption(Options.choice("format", List.of(TEXT, JSON), "text unless given"))
        .addOption(Options.text("routes", "TEXT", "routes as text, instead of a file"))
        .addPositional(Options.paths("method, then path or URL, then files and folders, or - for standard input"));
    return GatewayFlags.declare(EtcdFlags.declare(spec), FLAGS);
  }

  /// Reads the command line and the routes, and looks the request up. Errors in the routes are shown; nothing is looked up when no text can be
  /// read.
  ///
  /// @return null when it cannot be told
  static @Nullable Lookup of(ParseResult args, Surroundings surroundings) throws UsageProblem {
    List<String> arguments = Options.paths(args);
    if (arguments.size() < 2) {
      throw UsageProblem.usage("a method and a path or URL are needed", "write GET /path FILE");
    }
    if (!List.of(TEXT, JSON).contains(Options.text(args, "format", TEXT))) {
      throw UsageProblem.usage("unknown format \"" + Options.text(args, "format") + "\"", "write -format text or -format json");
    }
    GatewaySettings settings = GatewayFlags.read(args, FLAGS, surroundings);
    var asked = AskedRequest.read(arguments.get(0), arguments.get(1), args, settings);
    var texts = RouteInputs.routes(args, arguments.subList(2, arguments.size()), surroundings);
    var console = new Console(surroundings);
    console.show(texts.diagnostics());
    if (!texts.ok() && texts.printable().isEmpty()) {
      return null;
    }
    boolean forwards = Options.text(args, "config") == null && settings.get(BackendFlags.FORWARD_BACKEND_URL).isEmpty();
    Catalog catalog = InstalledCatalog.load();
    var routes = GatewayRoutes.of(texts, settings, catalog, forwards);
    var problems = new ArrayList<>(routes.problems());
    IndexedTable table = table(routes, settings, asked, problems);
    console.show(problems);
    boolean wrong = problems.stream().anyMatch(Diagnostic::isError);
    return of(asked, catalog, settings, table, routes, !texts.ok() ? ExitCodes.BAD_INPUT : wrong ? ExitCodes.FINDINGS : ExitCodes.OK);
  }

  private static Lookup of(AskedRequest asked, Catalog catalog, GatewaySettings settings, IndexedTable table, GatewayRoutes routes, int problem) {
    int loopbacks = settings.get(RequestFlags.MAX_LOOPBACKS);
    return new Passes(asked.request().copy(), catalog, settings, table, routes, problem)
        .of(asked, List.of(), loopbacks == 0 ? DEFAULT_LOOPBACKS : Math.max(0, loopbacks));
  }

  /// Follows a request through loopbacks.
  private record Passes(PlainRequest original, Catalog catalog, GatewaySettings settings, IndexedTable table, GatewayRoutes routes, int problem) {
    /// @param outer matches of the look-ups before, the latest first
    /// @param left how many loopbacks may follow
    Lookup of(AskedRequest asked, List<Match> outer, int left) {
      var tried = new ArrayList<Tried>();
      Match match = asked.refusal() != null ? null : table.match(asked.request(), (route, failing) -> tried.add(new Tried(route, failing)));
      var distinct = new HashSet<String>();
      tried.forEach(each -> distinct.add(each.route().id()));
      int others = table.routes().size() - distinct.size();
      if (match == null) {
        return new Lookup(asked, settings, tried, null, others, routes, problem, null, null);
      }
      var matches = new ArrayList<Match>(List.of(match));
      matches.addAll(outer);
      Loopback loopback = Loopback.of(catalog, routes.definition(match.route().id()), asked.request(), original, matches);
      if (loopback != null && loopback.request() != null && left == 0) {
        loopback = loopback.tooMany(outer.size());
      }
      PlainRequest again = loopback == null ? null : loopback.request();
      Lookup next = again == null ? null : of(asked.again(again), matches, left - 1);
      return new Lookup(asked, settings, tried, match, others, routes, problem, loopback, next);
    }
  }

  /// Filters and backends are left out: they decide nothing here, and making them would open files and connections.
  private static IndexedTable table(GatewayRoutes routes, GatewaySettings settings, AskedRequest asked, List<Diagnostic> problems) {
    List<RouteDefinition> bare = routes.definitions().stream()
        .map(each -> new RouteDefinition(each.id(), each.predicates(), List.of(), each.backend(), each.origin()))
        .toList();
    var compiled = new RouteCompiler(
            new MomentServices(settings, asked.at()), route -> new RunningBackend() {}, settings.get(RequestFlags.IGNORE_TRAILING_SLASH))
        .compile(bare, IndexedTable.empty());
    problems.addAll(compiled.problems());
    return compiled.table();
  }

  /// The route as its text has it.
  PlacedRoute written(Route route) {
    return routes.written(route.id());
  }

  /// What the gateway answers when no route takes the request.
  int unmatchedStatus() {
    var refusal = asked.refusal();
    return refusal == null ? settings.get(RequestFlags.DEFAULT_HTTP_STATUS) : refusal.status();
  }

  /// Why no route serves the request, behind loopbacks too; null when one does.
  @Nullable String failure() {
    if (next != null) {
      return next.failure();
    }
    return match == null ? LookupText.unmatched(this) : loopback != null && loopback.endless() ? loopback.end() : null;
  }

  /// The exit status: 0 when a route serves the request, behind loopbacks too, and all texts are right.
  int exitStatus() {
    return problem != ExitCodes.OK ? problem : failure() != null ? ExitCodes.FINDINGS : ExitCodes.OK;
  }
}
