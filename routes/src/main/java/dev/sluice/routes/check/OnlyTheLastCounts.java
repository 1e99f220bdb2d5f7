package dev.sluice.routes.check;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import java.util.IdentityHashMap;
import java.util.function.Consumer;

/// Filters of which a route keeps only the last one.
final class OnlyTheLastCounts implements Check {
  @Override
  public void look(PlacedRoute route, Catalog catalog, Consumer<Diagnostic> findings) {
    var last = new IdentityHashMap<CatalogEntry, CallNode>(2);
    for (CallNode call : route.node().filters().reversed()) {
      CatalogEntry entry = catalog.filter(call.name());
      CallNode later = entry == null || !entry.lastOneCounts() ? null : last.putIfAbsent(entry, call);
      if (later != null) {
        findings.accept(Diagnostic.warning(
                CheckCode.ONLY_THE_LAST_COUNTS,
                route.sourceOf(call),
                call.span(),
                "\"" + call.name() + "\" is not used: only the last one of a route counts")
            .withLabels(new Diagnostic.Label(route.sourceOf(later), later.span(), "this one counts"))
            .withHelp("remove it"));
      }
    }
  }
}
