package dev.sluice.routes.model;

import dev.sluice.grammar.CallNode;

/// A call with the spec that was built from it.
public record BoundCall<S>(S spec, CallNode call) {
  public String name() {
    return call.name();
  }
}
