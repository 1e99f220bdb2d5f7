package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.routes.source.StoredRoutes;
import dev.sluice.routes.spi.RouteStore;
import dev.sluice.routes.spi.StoredRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `gwctl upsert`, `reset` and `delete`: change the routes in etcd. Nothing is changed when the input has an error; nothing is printed when all is
/// done.
record EtcdCommand(Kind kind) implements Command {
  private static final String ID_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_CHARACTERS = 16;

  enum Kind {
    UPSERT("upsert", "Writes routes to etcd, in place of those with the same ids."),
    RESET("reset", "Makes the routes in etcd those of the input, and deletes all others."),
    DELETE("delete", "Deletes the routes with the ids of the input from etcd.");

    private final String name;
    private final String summary;

    Kind(String name, String summary) {
      this.name = name;
      this.summary = summary;
    }
  }

  @Override
  public List<String> names() {
    return List.of(kind.name);
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = EtcdFlags.declare(RouteInputs.declare(Options.spec(kind.name, kind.summary)));
    return kind == Kind.DELETE ? spec.addOption(Options.text("ids", "A,B", "ids to delete, instead of routes")) : spec;
  }

  @Override
  public int run(picocli.CommandLine.ParseResult args, Surroundings surroundings) throws UsageProblem {
    List<String> ids = kind == Kind.DELETE ? ids(args) : List.of();
    Map<String, String> routes = new LinkedHashMap<>();
    if (ids.isEmpty()) {
      var texts = Texts.parse(RouteInputs.read(args, surroundings));
      List<Diagnostic> problems = texts.diagnostics();
      add(texts, routes, problems);
      new Console(surroundings).show(problems);
      if (problems.stream().anyMatch(Diagnostic::isError)) {
        return ExitCodes.BAD_INPUT;
      }
    }
    try (RouteStore store = EtcdFlags.open(args)) {
      switch (kind) {
        case UPSERT -> put(store, routes);
        case RESET -> reset(store, routes);
        case DELETE -> delete(store, ids.isEmpty() ? List.copyOf(routes.keySet()) : ids);
      }
    } catch (InterruptedException e) {
      throw EtcdFlags.interrupted();
    }
    return ExitCodes.OK;
  }

  private static List<String> ids(picocli.CommandLine.ParseResult args) throws UsageProblem {
    String text = Options.text(args, "ids", "");
    if (text.isEmpty()) {
      return List.of();
    }
    if (Options.text(args, "routes") != null || !Options.paths(args).isEmpty()) {
      throw UsageProblem.usage("too many inputs: -ids and routes", "name ids, or give routes, not both");
    }
    List<String> ids = List.of(text.split(",", -1));
    for (String id : ids) {
      if (!StoredRoutes.isId(id)) {
        throw UsageProblem.usage("-ids: \"" + id + "\" is no route id", "write -ids a,b without blanks");
      }
    }
    return ids;
  }

  /// Adds routes as text by id.
  private void add(Texts texts, Map<String, String> routes, List<Diagnostic> problems) {
    Map<String, Diagnostic.Label> first = new HashMap<>();
    for (ParseResult text : texts.results()) {
      for (RouteNode route : text.file().routes()) {
        var here = new Diagnostic.Label(text.file().source(), route.idSpan(), "first here");
        String id = route.id().isEmpty() && kind != Kind.DELETE ? randomId() : route.id();
        Diagnostic.Label earlier = first.putIfAbsent(id, here);
        if (id.isEmpty()) {
          problems.add(problem(SyntaxCode.BAD_ID, here, id, "a route without id cannot be deleted").withHelp("name its id: -ids ID"));
        } else if (id.startsWith("_") && kind != Kind.DELETE) {
          problems.add(problem(SyntaxCode.BAD_ID, here, id, "etcd hides keys that begin with \"_\": route \"" + id + "\" would never be seen")
              .withHelp("choose another id"));
        } else if (earlier != null && kind != Kind.DELETE) {
          problems.add(problem(SyntaxCode.REPEATED_ID, here, id, "repeated route id \"" + id + "\"")
              .withLabels(earlier).withHelp("give one of them another id"));
        }
        routes.put(id, RoutePrinter.expression(route, PrintStyle.PLAIN));
      }
    }
  }

  private static Diagnostic problem(SyntaxCode code, Diagnostic.Label here, String id, String message) {
    return Diagnostic.error(code, here.source(), here.span(), message).inRoute(id);
  }

  private static String randomId() {
    return RandomGenerator.getDefault().ints(RANDOM_CHARACTERS, 0, ID_CHARACTERS.length())
        .mapToObj(i -> ID_CHARACTERS.substring(i, i + 1))
        .collect(Collectors.joining("", "route", ""));
  }

  private static void put(RouteStore store, Map<String, String> routes) throws UsageProblem, InterruptedException {
    int done = 0;
    for (var route : routes.entrySet()) {
      try {
        store.put(route.getKey(), RoutePrinter.toBytes(route.getValue()));
        done++;
      } catch (IOException e) {
        throw UsageProblem.unreadable("route \"" + route.getKey() + "\" cannot be written to etcd: " + e.getMessage(),
            done + " of " + routes.size() + " routes were written; mend this and write all again");
      }
    }
  }

  private static void delete(RouteStore store, List<String> ids) throws UsageProblem, InterruptedException {
    for (String id : ids) {
      try {
        store.delete(id);
      } catch (IOException e) {
        throw UsageProblem.unreadable("route \"" + id + "\" cannot be deleted from etcd: " + e.getMessage(), null);
      }
    }
  }

  /// First what is new or differs, then what is too many: at no time is a route missing that is in both.
  private static void reset(RouteStore store, Map<String, String> routes) throws UsageProblem, InterruptedException {
    List<StoredRoute> before;
    try {
      before = store.read();
    } catch (IOException e) {
      throw EtcdFlags.unreadable(e);
    }
    var changed = new LinkedHashMap<>(routes);
    var gone = new ArrayList<String>();
    for (StoredRoute stored : before) {
      ParseResult read = StoredRoutes.parse(stored);
      if (!routes.containsKey(stored.id())) {
        gone.add(stored.id());
      } else if (read.ok()) {
        changed.remove(stored.id(), RoutePrinter.expression(read.file().routes().getFirst(), PrintStyle.PLAIN));
      }
    }
    put(store, changed);
    delete(store, gone);
  }
}
