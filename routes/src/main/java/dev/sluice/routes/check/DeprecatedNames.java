package dev.sluice.routes.check;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.declare.ArgumentCode;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Names that have a newer one.
final class DeprecatedNames implements Check {
  @Override
  public void look(PlacedRoute route, Catalog catalog, Consumer<Diagnostic> findings) {
    for (CallNode call : route.node().predicates()) {
      look(route, call, catalog.predicate(call.name()), findings);
    }
    for (CallNode call : route.node().filters()) {
      look(route, call, catalog.filter(call.name()), findings);
    }
  }

  private static void look(PlacedRoute route, CallNode call, @Nullable CatalogEntry entry, Consumer<Diagnostic> findings) {
    if (entry != null && entry.deprecatedNames().contains(call.name())) {
      findings.accept(Diagnostic.warning(
              ArgumentCode.DEPRECATED_NAME, route.sourceOf(call), call.nameSpan(), "\"" + call.name() + "\" is an old name")
          .withHelp("write " + entry.name())
          .withEdit(new Diagnostic.TextEdit(call.nameSpan(), entry.name())));
    }
  }
}
