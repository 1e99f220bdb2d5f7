package dev.sluice.grammar;

import dev.sluice.grammar.BackendNode.Balanced;
import dev.sluice.grammar.BackendNode.Dynamic;
import dev.sluice.grammar.BackendNode.Forward;
import dev.sluice.grammar.BackendNode.Loopback;
import dev.sluice.grammar.BackendNode.Network;
import dev.sluice.grammar.BackendNode.Shunt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// What a route says, without how it was written: two routes are the same to the language exactly when their canonical forms are
/// equal.
///
/// Predicates are sorted by name, bytewise; equal names keep their order, except that `Header` and `HeaderRegexp` are also
/// sorted by the
/// name of the header. `*` and `Any()` are dropped, literal forms and spans forgotten. Filters keep their order. Endpoints are
/// sorted by
/// address, their zones taken out.
public record CanonicalRoute(String id, List<Call> predicates, List<Call> filters, Backend backend) {
  /// A predicate or filter; each argument is a `Double` or a `String`.
  public record Call(String name, List<Object> arguments) {}

  /// Where matched requests go.
  ///
  /// @param kind `network`, `shunt`, `loopback`, `dynamic`, `forward` or `lb`
  /// @param address of a network backend, else empty
  /// @param algorithm of a balanced backend, empty for the default one
  public record Backend(String kind, String address, String algorithm, List<EndpointAddress> endpoints) {}

  private static final Comparator<CallNode> BY_NAME =
      Comparator.comparing(CallNode::name, ByteText::compare).thenComparing(CanonicalRoute::header, ByteText::compare);

  /// The canonical form of a route.
  public static CanonicalRoute of(RouteNode route) {
    return new CanonicalRoute(
        route.id(), calls(predicates(route)), calls(route.filters()), backend(route.backend()));
  }

  /// True when both lists hold the same routes in any order. False when an id is repeated in one of them.
  public static boolean sameRoutes(List<RouteNode> left, List<RouteNode> right) {
    var byId = new HashMap<String, CanonicalRoute>();
    for (RouteNode route : left) {
      if (byId.put(route.id(), of(route)) != null) {
        return false;
      }
    }
    return left.size() == right.size() && right.stream().allMatch(route -> of(route).equals(byId.remove(route.id())));
  }

  /// The predicates of a route in canonical order, without those that match everything.
  static List<CallNode> predicates(RouteNode route) {
    var predicates = new ArrayList<>(route.predicates());
    predicates.removeIf(LanguagePredicate::matchesEverything);
    predicates.sort(BY_NAME);
    return predicates;
  }

  /// The endpoints of a balanced backend in canonical order.
  static List<EndpointAddress> endpoints(Balanced balanced) {
    return balanced.endpoints().stream()
        .map(endpoint -> EndpointAddress.of(endpoint.address()))
        .sorted(Comparator.comparing(EndpointAddress::address, ByteText::compare))
        .toList();
  }

  /// What tells the kinds of backend apart in JSON.
  static String kind(BackendNode backend) {
    return switch (backend) {
      case Network _ -> "network";
      case Shunt _ -> "shunt";
      case Loopback _ -> "loopback";
      case Dynamic _ -> "dynamic";
      case Forward _ -> "forward";
      case Balanced _ -> "lb";
    };
  }

  private static String header(CallNode call) {
    var predicate = LanguagePredicate.of(call.name());
    boolean named = predicate != null && predicate.sorted() && !call.arguments().isEmpty();
    return named && call.arguments().getFirst() instanceof LiteralNode.Text text ? text.value() : "";
  }

  private static List<Call> calls(List<CallNode> nodes) {
    return nodes.stream().map(node -> new Call(node.name(), arguments(node))).toList();
  }

  private static List<Object> arguments(CallNode call) {
    return call.arguments().stream().<Object>map(argument -> switch (argument) {
      case LiteralNode.Number number -> number.value();
      case LiteralNode.Text text -> text.value();
    }).toList();
  }

  private static Backend backend(BackendNode backend) {
    String kind = kind(backend);
    return switch (backend) {
      case Network network -> new Backend(kind, network.address(), "", List.of());
      case Balanced balanced ->
          new Backend(kind, "", balanced.algorithm() == null ? "" : balanced.algorithm(), endpoints(balanced));
      case Shunt _, Loopback _, Dynamic _, Forward _ -> new Backend(kind, "", "", List.of());
    };
  }
}
