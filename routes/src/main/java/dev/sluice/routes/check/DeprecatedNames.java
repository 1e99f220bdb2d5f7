package dev.sluice.routes.check;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.declare.ArgumentCode;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Names that have a newer one.
final class DeprecatedNames implements Check {
  @Override
  public void look(PlacedRoute route, Catalog catalog, Consumer<Diagnostic> findings) {
    Stream.concat(
            route.node().predicates().stream().map(call -> finding(route, call, catalog.predicate(call.name()))),
            route.node().filters().stream().map(call -> finding(route, call, catalog.filter(call.name()))))
        .filter(Objects::nonNull)
        .forEach(findings);
  }

  private static @Nullable Diagnostic finding(PlacedRoute route, CallNode call, @Nullable CatalogEntry entry) {
    if (entry == null || !entry.deprecatedNames().contains(call.name())) {
      return null;
    }
    return Diagnostic.warning(
            ArgumentCode.DEPRECATED_NAME, route.sourceOf(call), call.nameSpan(), "\"" + call.name() + "\" is an old name")
        .withHelp("write " + entry.name())
        .withEdit(new Diagnostic.TextEdit(call.nameSpan(), entry.name()));
  }
}
