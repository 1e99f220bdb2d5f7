package dev.sluice.proxy.observe;

import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.proxy.forward.GatewayBackend;
import dev.sluice.routes.model.Backend;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.model.RouteOrigin;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Waits;
import dev.sluice.routes.table.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Routes of a test as the admin listener shows them.
public record FakeRoutes(long version, long created, boolean complete, List<RouteNode> valid, List<InvalidRoute> invalid, List<Source> sources)
    implements RoutesView {

  public static FakeRoutes of(String text) {
    List<RouteNode> nodes = new ArrayList<>(nodes(text));
    nodes.sort(Comparator.comparing(RouteNode::id));
    return new FakeRoutes(3, 1_700_000_000, true, nodes, List.of(), List.of(new Source("file", "routes.gw", true, "read", 2, 3, 1, 1_700_000_000)));
  }

  public FakeRoutes withInvalid(String text, String kind, String why) {
    var more = new ArrayList<>(invalid);
    nodes(text).forEach(node -> more.add(new InvalidRoute(node, kind, why, "routes.gw:1:1")));
    return new FakeRoutes(version, created, complete, valid, more, sources);
  }

  public FakeRoutes loading() {
    return new FakeRoutes(0, 0, false, List.of(), List.of(), List.of());
  }

  @Override
  public int count() {
    return valid.size();
  }

  /// A running route that answers nothing.
  static Route route(String text) {
    RouteNode node = nodes(text).getFirst();
    var definition = new RouteDefinition(node.id(), node.predicates().stream()
        .map(call -> new BoundCall<PredicateSpec>(services -> request -> true, call.name(), node.predicates().indexOf(call))).toList(),
        List.of(), new Backend.ShuntBackend(), RouteOrigin.of(node, SourceText.of("test", text)));
    return new Route(definition, new RoutePredicate[0], new Filter[0], new Waits[0], new GatewayBackend.Shunt());
  }

  private static List<RouteNode> nodes(String text) {
    return RouteParser.parse(SourceText.of("test", text)).file().routes();
  }
}
