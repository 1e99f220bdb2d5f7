package dev.sluice.routes.check;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.declare.Catalog;
import java.util.function.Consumer;

/// Looks at one route as written. Runs for routes with errors, too, and never throws.
interface Check {
  void look(PlacedRoute route, Catalog catalog, Consumer<Diagnostic> findings);
}
