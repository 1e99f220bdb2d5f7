package dev.sluice.routes.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a jar adds, found through [java.util.ServiceLoader]. A provider overrides what it has something for.
public interface ExtensionProvider {
  /// The declared record classes of its filters.
  default List<Class<? extends FilterSpec>> filters() {
    return List.of();
  }

  /// The declared record classes of its predicates.
  default List<Class<? extends PredicateSpec>> predicates() {
    return List.of();
  }

  /// The sources of routes that the gateway's flags ask for. Called once, before the gateway runs; nothing may be opened yet, since a
  /// client begins when it is run.
  ///
  /// @param services [Services#setting] has the flags
  /// @return empty when the flags do not mention them
  /// @throws ArgumentProblem when a flag cannot be followed: the gateway does not start. The message names the flag
  default List<DataClient> dataClients(Services services) {
    return List.of();
  }

  /// A store that the route tool reads and writes.
  ///
  /// @return null when this extension has none of that kind
  /// @throws ArgumentProblem when the address makes no sense
  default @Nullable RouteStore routeStore(RouteStore.Address address) {
    return null;
  }
}
