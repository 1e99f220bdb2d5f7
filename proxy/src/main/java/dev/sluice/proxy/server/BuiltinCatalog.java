package dev.sluice.proxy.server;

import dev.sluice.proxy.balance.BuiltinAlgorithms;
import dev.sluice.proxy.filter.BuiltinFilters;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.predicate.BuiltinPredicates;

/// The catalog of what is built in.
public final class BuiltinCatalog {
  private static final Catalog CATALOG = Catalog.of(BuiltinFilters.ALL, BuiltinPredicates.ALL, BuiltinAlgorithms.ALL);

  private BuiltinCatalog() {}

  public static Catalog get() {
    return CATALOG;
  }
}
