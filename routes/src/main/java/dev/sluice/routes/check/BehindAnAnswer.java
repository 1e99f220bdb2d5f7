package dev.sluice.routes.check;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import java.util.function.Consumer;

/// Filters behind one that answers every request: they never run, neither on the request nor on the response.
final class BehindAnAnswer implements Check {
  @Override
  public void look(PlacedRoute route, Catalog catalog, Consumer<Diagnostic> findings) {
    CallNode answering = null;
    for (CallNode call : route.node().filters()) {
      CatalogEntry entry = catalog.filter(call.name());
      if (answering != null && entry != null && !entry.name().equals("comment")) {
        findings.accept(Diagnostic.warning(
                CheckCode.BEHIND_AN_ANSWER,
                route.sourceOf(call),
                call.span(),
                "\"" + call.name() + "\" never runs: \"" + answering.name() + "\" before it answers the request")
            .withLabels(new Diagnostic.Label(route.sourceOf(answering), answering.nameSpan(), "answers here"))
            .withHelp("move it before " + answering.name() + ", or remove it"));
        return;
      }
      answering = answering == null && entry != null && entry.answers() ? call : answering;
    }
  }
}
