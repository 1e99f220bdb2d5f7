package dev.sluice.routes.spi;

import java.util.List;

/// What a jar adds, found through [java.util.ServiceLoader]: the declared record classes of its filters, predicates and so on.
public interface ExtensionProvider {
  List<Class<? extends FilterSpec>> filters();

  List<Class<? extends PredicateSpec>> predicates();
}
