package dev.sluice.routes.compile;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Waits;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import dev.sluice.routes.table.RouteTable;
import dev.sluice.routes.table.TablePredicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes running routes of definitions.
///
/// What did not change keeps running: a filter of an equal call in a route of the same id, a predicate of an equal call, a
/// backend of an equal definition. A route of which nothing changed costs one comparison. Used by one thread at a time.
public final class RouteCompiler {
  private static final RoutePredicate[] NO_PREDICATES = {};
  private static final Filter[] NO_FILTERS = {};
  private static final Waits[] NO_WAITS = {};

  private final Services services;
  private final BackendFactory backends;
  private final boolean ignoreTrailingSlash;
  private final Map<Integer, Waits[]> waitless = new HashMap<>();
  private final InstanceReaper reaper = new InstanceReaper();

  public RouteCompiler(Services services, BackendFactory backends, boolean ignoreTrailingSlash) {
    this.services = services;
    this.backends = backends;
    this.ignoreTrailingSlash = ignoreTrailingSlash;
  }

  /// @param table holds all routes but those with a problem
  /// @param problems why routes cannot run; each names its route
  /// @param changed how many routes were made anew, with those that failed
  public record Compiled(IndexedTable table, List<Diagnostic> problems, int changed) {}

  /// Builds the next table. Nothing is switched and nothing closed yet: see [#switched].
  ///
  /// @param definitions ids are different
  public Compiled compile(List<RouteDefinition> definitions, IndexedTable previous) {
    List<Route> olds = previous.routes();
    Map<String, Route> before = null;
    int next = 0;
    var routes = new ArrayList<Route>(definitions.size());
    var problems = new ArrayList<Diagnostic>();
    int changed = 0;
    for (RouteDefinition definition : definitions) {
      if (next < olds.size() && olds.get(next).definition() == definition) {
        routes.add(olds.get(next++));
        continue;
      }
      before = before == null ? byId(olds) : before;
      Route old = before.get(definition.id());
      next += next < olds.size() && olds.get(next) == old ? 1 : 0;
      if (old != null && isSame(old.definition(), definition)) {
        routes.add(old.definition() == definition ? old : with(old, definition));
        continue;
      }
      Route made = make(definition, old, problems);
      if (made != null) {
        routes.add(made);
      }
      changed++;
    }
    return new Compiled(previous.next(routes, ignoreTrailingSlash), problems, changed);
  }

  private static Map<String, Route> byId(List<Route> routes) {
    Map<String, Route> known = HashMap.newHashMap(routes.size());
    routes.forEach(route -> known.put(route.id(), route));
    return known;
  }

  /// To be called when `next` has taken the place of `previous`: closes what only the latter held, as soon as its last exchange
  /// has ended.
  public void switched(IndexedTable previous, IndexedTable next) {
    reaper.switched(previous, next);
  }

  /// Closes what a table holds that was never switched to.
  public void discard(IndexedTable unused, RouteTable current) {
    reaper.discard(unused, current);
  }

  private static boolean isSame(RouteDefinition old, RouteDefinition next) {
    return old == next
        || old.backend().equals(next.backend())
            && sameSpecs(old.predicates(), next.predicates())
            && sameSpecs(old.filters(), next.filters());
  }

  private static <S> boolean sameSpecs(List<BoundCall<S>> old, List<BoundCall<S>> next) {
    if (old.size() != next.size()) {
      return false;
    }
    for (int i = 0; i < old.size(); i++) {
      if (!old.get(i).spec().equals(next.get(i).spec())) {
        return false;
      }
    }
    return true;
  }

  /// The new definition with the old specs, which are equal: the old ones may be in use as running predicates and filters.
  private static Route with(Route old, RouteDefinition next) {
    RouteDefinition before = old.definition();
    var definition = new RouteDefinition(next.id(), withSpecs(before.predicates(), next.predicates()),
        withSpecs(before.filters(), next.filters()), next.backend(), next.origin());
    return new Route(definition, old.predicates(), old.filters(), old.waits(), old.backend());
  }

  private static <S> List<BoundCall<S>> withSpecs(List<BoundCall<S>> old, List<BoundCall<S>> next) {
    var calls = new ArrayList<BoundCall<S>>(next.size());
    for (int i = 0; i < next.size(); i++) {
      boolean running = !(old.get(i).spec() instanceof TablePredicate);
      calls.add(running ? new BoundCall<>(old.get(i).spec(), next.get(i).name(), next.get(i).index()) : next.get(i));
    }
    return calls;
  }

  private @Nullable Route make(RouteDefinition definition, @Nullable Route old, List<Diagnostic> problems) {
    int before = problems.size();
    RoutePredicate[] predicates = predicates(definition, problems);
    Filter[] filters = filters(definition, old, problems);
    if (problems.size() > before) {
      closeNew(filters, old);
      return null;
    }
    try {
      boolean kept = old != null && backends.keeps(old.definition(), definition);
      RunningBackend backend = kept && old != null ? old.backend() : backends.create(definition);
      return new Route(definition, predicates, filters, waits(definition), backend);
    } catch (RouteProblem | RuntimeException problem) {
      var span = definition.node().backend().span();
      problems.add(Diagnostic.error(RouteCode.CANNOT_RUN, definition.source(), span, message(problem)).inRoute(definition.id()));
      closeNew(filters, old);
      return null;
    }
  }

  private RoutePredicate[] predicates(RouteDefinition definition, List<Diagnostic> problems) {
    var predicates = new ArrayList<RoutePredicate>(definition.predicates().size());
    for (BoundCall<PredicateSpec> bound : definition.predicates()) {
      if (!(bound.spec() instanceof TablePredicate)) {
        try {
          predicates.add(bound.spec().create(services));
        } catch (RouteProblem | RuntimeException problem) {
          problems.add(problem(definition, definition.predicateCall(bound), problem));
        }
      }
    }
    return predicates.toArray(NO_PREDICATES);
  }

  private Filter[] filters(RouteDefinition definition, @Nullable Route old, List<Diagnostic> problems) {
    List<BoundCall<FilterSpec>> calls = definition.filters();
    var filters = new ArrayList<Filter>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      FilterSpec spec = calls.get(i).spec();
      int nth = nth(calls, i);
      Filter running = spec instanceof StatelessFilter stateless ? stateless : old == null ? null : running(old, spec, nth);
      try {
        filters.add(running != null ? running : spec.create(services, new Site(definition.id(), calls.get(i).name(), nth)));
      } catch (RouteProblem | RuntimeException problem) {
        problems.add(problem(definition, definition.filterCall(calls.get(i)), problem));
      }
    }
    return filters.toArray(NO_FILTERS);
  }

  /// How many equal calls stand before.
  private static int nth(List<BoundCall<FilterSpec>> calls, int index) {
    int nth = 0;
    for (int i = 0; i < index; i++) {
      nth += calls.get(i).spec().equals(calls.get(index).spec()) ? 1 : 0;
    }
    return nth;
  }

  private static @Nullable Filter running(Route old, FilterSpec spec, int nth) {
    List<BoundCall<FilterSpec>> calls = old.definition().filters();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).spec().equals(spec) && nth(calls, i) == nth) {
        return old.filters()[i];
      }
    }
    return null;
  }

  /// Routes without a filter that waits, which is most of them, share one array for each number of filters.
  private Waits[] waits(RouteDefinition definition) {
    Waits[] waits = definition.filters().isEmpty()
        ? NO_WAITS
        : definition.filters().stream().map(bound -> bound.spec().waits()).toArray(Waits[]::new);
    boolean never = Arrays.stream(waits).allMatch(each -> each == Waits.NEVER);
    return never ? waitless.computeIfAbsent(waits.length, length -> waits) : waits;
  }

  private static void closeNew(Filter[] filters, @Nullable Route old) {
    for (Filter filter : filters) {
      if (old == null || List.of(old.filters()).stream().noneMatch(kept -> kept == filter)) {
        InstanceReaper.close(filter);
      }
    }
  }

  private static Diagnostic problem(RouteDefinition definition, CallNode call, Exception problem) {
    return Diagnostic.error(RouteCode.CANNOT_RUN, definition.source(), call.span(), call.name() + ": " + message(problem))
        .inRoute(definition.id());
  }

  private static String message(Exception problem) {
    return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
  }
}
