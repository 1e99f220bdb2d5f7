package dev.sluice.proxy.server;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.JsonPrinter;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.Span;
import dev.sluice.proxy.observe.RoutesView;
import dev.sluice.proxy.observe.RoutesView.InvalidRoute;
import dev.sluice.routes.model.QueryString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Lists the routes, or those that were left out, as text or JSON, a part at a time. User names and passwords in addresses are not shown.
final class RouteListing {
  private static final String JSON = "application/json";
  private static final int USUAL_LIMIT = 1024;

  private final Supplier<RoutesView> routes;

  RouteListing(Supplier<RoutesView> routes) {
    this.routes = routes;
  }

  AdminAnswer answer(Request request) {
    RoutesView view = routes.get();
    String query = request.getHttpURI().getQuery();
    String timestamp = QueryString.first(query, "timestamp");
    if (timestamp != null && !timestamp.isEmpty() && !timestamp.equals(Long.toString(view.created()))) {
      return AdminAnswer.error(400, "invalid timestamp");
    }
    boolean json = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT)).contains(JSON);
    boolean invalid = "true".equals(QueryString.first(query, "invalid"));
    int count = invalid ? view.invalid().size() : view.count();
    byte[] body = {};
    if (!request.getMethod().equals("HEAD")) {
      int offset = number(QueryString.first(query, "offset"), 0);
      int limit = number(QueryString.first(query, "limit"), USUAL_LIMIT);
      if (offset < 0 || limit < 0) {
        return AdminAnswer.error(400, offset < 0 ? "invalid offset" : "invalid limit");
      }
      int from = Math.min(offset, count);
      int to = (int) Math.min(count, (long) offset + limit);
      body = body(view, invalid, json, style(query), from, Math.max(from, to));
    }
    return AdminAnswer.of(200, json ? JSON : "text/plain", body)
        .with("X-Timestamp", Long.toString(view.created()))
        .with("X-Count", Integer.toString(count));
  }

  private static byte[] body(RoutesView view, boolean invalid, boolean json, PrintStyle style, int from, int to) {
    if (json && invalid) {
      return view.invalid().subList(from, to).stream()
          .map(RouteListing::json)
          .collect(Collectors.joining(",", "[", "]\n"))
          .getBytes(StandardCharsets.UTF_8);
    }
    List<RouteNode> nodes = invalid
        ? view.invalid().subList(from, to).stream().map(route -> masked(route.route())).toList()
        : view.valid().subList(from, to).stream().map(RouteListing::masked).toList();
    return json
        ? JsonPrinter.print(nodes, true).getBytes(StandardCharsets.UTF_8)
        : RoutePrinter.toBytes(RoutePrinter.print(nodes, style));
  }

  /// Pretty unless `nopretty` stands in the query, other than as `0` or `false`.
  private static PrintStyle style(@Nullable String query) {
    String plain = QueryString.first(query, "nopretty");
    return plain == null || plain.equals("0") || plain.equals("false") ? PrintStyle.PRETTY : PrintStyle.PLAIN;
  }

  /// -1 when it is no number from 0.
  private static int number(@Nullable String text, int usual) {
    if (text == null || text.isEmpty()) {
      return usual;
    }
    try {
      return Math.max(-1, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// A route that was left out, with its error. Its members are sorted by name, as recorded.
  private static String json(InvalidRoute invalid) {
    RouteNode route = masked(invalid.route());
    var noBackend = new BackendNode.Network("", Span.NONE);
    String error = invalid.kind() + ": " + invalid.text();
    List<String> members = List.of(
        members(new RouteNode("", Span.NONE, List.of(), List.of(), route.backend(), Span.NONE)),
        "\"error\":" + JsonPrinter.text(error, true),
        members(new RouteNode("", Span.NONE, List.of(), route.filters(), noBackend, Span.NONE)),
        members(new RouteNode(route.id(), Span.NONE, List.of(), List.of(), noBackend, Span.NONE)),
        members(new RouteNode("", Span.NONE, route.predicates(), List.of(), noBackend, Span.NONE)));
    return members.stream().filter(member -> !member.isEmpty()).collect(Collectors.joining(",", "{", "}"));
  }

  private static String members(RouteNode part) {
    String object = JsonPrinter.route(part, true);
    return object.substring(1, object.length() - 1);
  }

  /// A JSON string: in the form of a route id, whose escapes are the right ones.
  static String string(String text) {
    String member = members(new RouteNode(text, Span.NONE, List.of(), List.of(), new BackendNode.Network("", Span.NONE), Span.NONE));
    return member.substring(member.indexOf(':') + 1);
  }

  public static RouteNode masked(RouteNode route) {
    BackendNode backend = switch (route.backend()) {
      case BackendNode.Network(var address, var span) -> new BackendNode.Network(masked(address), span);
      case BackendNode.Balanced balanced -> new BackendNode.Balanced(balanced.algorithm(), balanced.algorithmSpan(),
          balanced.endpoints().stream().map(to -> new BackendNode.EndpointNode(masked(to.address()), to.span())).toList(),
          balanced.span());
      case BackendNode.Shunt _, BackendNode.Loopback _, BackendNode.Dynamic _, BackendNode.Forward _ -> route.backend();
    };
    return new RouteNode(route.id(), route.idSpan(), route.predicates(), route.filters(), backend, route.span());
  }

  static String masked(String address) {
    int start = address.indexOf("://") + 3;
    if (start < 3) {
      return address;
    }
    int end = start;
    while (end < address.length() && "/?#".indexOf(address.charAt(end)) < 0) {
      end++;
    }
    int at = address.lastIndexOf('@', end - 1);
    return at < start ? address : address.substring(0, start) + "***" + address.substring(at);
  }
}
