package dev.sluice.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The backend of a route as written.
public sealed interface BackendNode {
  Span span();

  /// `"http://…"`
  record Network(String address, Span span) implements BackendNode {}

  /// `<shunt>`: answered by the gateway.
  record Shunt(Span span) implements BackendNode {}

  /// `<loopback>`: looked up again.
  record Loopback(Span span) implements BackendNode {}

  /// `<dynamic>`: the target is set by filters.
  record Dynamic(Span span) implements BackendNode {}

  /// `<forward>`: replaced by the operator's address.
  record Forward(Span span) implements BackendNode {}

  /// `<algorithm, "a", "b">`; `algorithm` is null for the default one.
  record Balanced(@Nullable String algorithm, @Nullable Span algorithmSpan, List<EndpointNode> endpoints, Span span)
      implements BackendNode {
    public Balanced {
      endpoints = List.copyOf(endpoints);
    }
  }

  /// One endpoint as written, with its zone and other query parameters still in `address`.
  record EndpointNode(String address, Span span) {}
}
