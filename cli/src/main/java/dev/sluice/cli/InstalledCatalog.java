package dev.sluice.cli;

import dev.sluice.proxy.balance.BuiltinAlgorithms;
import dev.sluice.proxy.filter.BuiltinFilters;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.predicate.BuiltinPredicates;
import dev.sluice.routes.spi.ExtensionProvider;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import java.util.ArrayList;
import java.util.ServiceLoader;

/// The catalog of everything on the class path: what is built in, and what extensions add.
public final class InstalledCatalog {
  private InstalledCatalog() {}

  /// Made anew at each call.
  public static Catalog load() {
    var filters = new ArrayList<Class<? extends FilterSpec>>(BuiltinFilters.ALL);
    var predicates = new ArrayList<Class<? extends PredicateSpec>>(BuiltinPredicates.ALL);
    for (ExtensionProvider extension : ServiceLoader.load(ExtensionProvider.class)) {
      filters.addAll(extension.filters());
      predicates.addAll(extension.predicates());
    }
    return Catalog.of(filters, predicates, BuiltinAlgorithms.ALL);
  }
}
