package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/// What the feed writes into the log: what a table switch changed, and findings that are new.
final class FeedLog {
  private static final int MOST_PROBLEMS = 100;
  private static final int MOST_IDS = 50;

  private FeedLog() {}

  static void switched(Logger log, IndexedTable before, IndexedTable now, List<Invalid> invalid, boolean logRoutes) {
    Map<String, Route> old = HashMap.newHashMap(before.routes().size());
    before.routes().forEach(route -> old.put(route.id(), route));
    var added = new ArrayList<String>();
    var changed = new ArrayList<String>();
    for (Route route : now.routes()) {
      Route same = old.remove(route.id());
      if (same == null) {
        added.add(route.id());
      } else if (same.filters() != route.filters()
          || same.predicates() != route.predicates()
          || same.backend() != route.backend()) {
        changed.add(route.id());
      }
    }
    log.info("routes: table {} is in use: {} routes, {} added, {} changed, {} removed, {} invalid",
        now.version(), now.routes().size(), added.size(), changed.size(), old.size(), invalid.size());
    if (logRoutes) {
      ids(log, "added", added);
      ids(log, "changed", changed);
      ids(log, "removed", List.copyOf(old.keySet()));
    }
  }

  static void problems(Logger log, List<Diagnostic> problems, List<Diagnostic> known) {
    Set<String> seen = new HashSet<>();
    known.forEach(problem -> seen.add(line(problem)));
    int count = 0;
    for (Diagnostic problem : problems) {
      String line = line(problem);
      if (seen.add(line) && ++count <= MOST_PROBLEMS) {
        if (problem.isError()) {
          log.error("{}", line);
        } else {
          log.warn("{}", line);
        }
      }
    }
    if (count > MOST_PROBLEMS) {
      log.error("routes: {} more findings are not written here; the support listener has them", count - MOST_PROBLEMS);
    }
  }

  private static void ids(Logger log, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      String more = ids.size() > MOST_IDS ? " and " + (ids.size() - MOST_IDS) + " more" : "";
      log.info("routes {}: {}{}", what, String.join(", ", ids.subList(0, Math.min(MOST_IDS, ids.size()))), more);
    }
  }

  private static String line(Diagnostic problem) {
    SourceText source = problem.source();
    boolean placed = source != null && problem.span().end() > 0;
    String place = !placed || source == null
        ? ""
        : source.name() + ":" + source.line(problem.span().start()) + ":" + source.column(problem.span().start()) + ": ";
    String route = problem.routeId() == null ? "" : "route " + problem.routeId() + ": ";
    return place + route + problem.message() + " [" + problem.code().code() + "]";
  }
}
