package dev.sluice.routes.model;

import java.util.List;

/// Where a matched request goes, or how it is answered in place.
public sealed interface Backend {
  /// One address; its path, query and user info mean nothing to the call (as in Skipper).
  record NetworkBackend(Endpoint endpoint) implements Backend {}

  /// Several endpoints behind one algorithm (a name known to the catalog).
  record BalancedBackend(String algorithm, List<Endpoint> endpoints) implements Backend {
    public BalancedBackend {
      endpoints = List.copyOf(endpoints);
    }
  }

  /// Answered by the gateway: 404, or what filters make of it.
  record ShuntBackend() implements Backend {}

  /// Looked up again with the changed request.
  record LoopbackBackend() implements Backend {}

  /// Target set by filters.
  record DynamicBackend() implements Backend {}
}
