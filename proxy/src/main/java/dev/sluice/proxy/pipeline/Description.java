package dev.sluice.proxy.pipeline;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.ByteText;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.JsonPrinter;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.Span;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.upstream.UpstreamRequest;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.table.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What became of a request, as the JSON document of Skipper's debug listener.
///
/// @param outgoing what a backend would have got; null: there is no such request
/// @param requestBody as received, where nothing goes out
/// @param responseBody behind the filters
record Description(GatewayExchange x, @Nullable Outgoing outgoing, BodyText requestBody, BodyText responseBody) {
  /// Predicates that Skipper shows in the text of the route alone.
  private static final Set<String> FOLDED = Set.of("Path", "Host", "PathRegexp", "Method", "Header", "HeaderRegexp");

  /// The request that a backend would have got.
  record Outgoing(UpstreamRequest request, BodyText body) {}

  String json() {
    List<String> members = new ArrayList<>();
    Route route = x.lastRoute();
    if (route != null) {
      text(members, "route_id", route.id());
      text(members, "route", RoutePrinter.expression(route.definition().node(), PrintStyle.PLAIN));
    }
    members.add("\"incoming\":" + incoming());
    Outgoing out = outgoing;
    if (out != null) {
      members.add("\"outgoing\":" + outgoing(out.request()));
    }
    responseMod(members);
    BodyText body = out == null ? requestBody : out.body();
    body(members, "request_body", "request_error", body);
    body(members, "response_mod_body", "response_mod_error", responseBody);
    Failure failure = x.failure();
    if (failure != null) {
      text(members, "proxy_error", failure.kind().token() + (failure.detail() == null ? "" : ": " + failure.detail()));
    }
    if (route != null) {
      calls(members, route.definition().node());
    }
    return members.stream().collect(Collectors.joining(",", "{", "}\n"));
  }

  private String incoming() {
    InboundRequest request = x.request();
    List<String> members = new ArrayList<>();
    text(members, "method", x.jettyRequest().getMethod());
    text(members, "uri", request.receivedTarget());
    text(members, "proto", request.protocol());
    header(members, x.jettyRequest().getHeaders(), true);
    text(members, "host", request.host());
    String peer = request.peerText();
    text(members, "remote_address", peer.isEmpty() ? "" : (peer.indexOf(':') < 0 ? peer : "[" + peer + "]") + ":" + request.peerPort());
    return object(members);
  }

  private static String outgoing(UpstreamRequest request) {
    List<String> members = new ArrayList<>();
    text(members, "method", request.method());
    text(members, "uri", request.target());
    text(members, "proto", "HTTP/1.1");
    header(members, request.headers(), false);
    text(members, "host", request.host());
    return object(members);
  }

  private void responseMod(List<String> members) {
    int status = x.clientResponse().status();
    HttpFields fields = x.clientResponse().fields();
    if (status != 0 || fields.size() > 0) {
      List<String> mod = new ArrayList<>();
      if (status != 0) {
        mod.add("\"status\":" + status);
      }
      header(mod, fields, false);
      members.add("\"response_mod\":" + object(mod));
    }
  }

  private static void body(List<String> members, String name, String errorName, BodyText body) {
    byte[] bytes = body.bytes();
    if (bytes.length > 0) {
      text(members, name, ByteText.decode(bytes, 0, bytes.length));
    }
    if (!body.error().isEmpty()) {
      text(members, errorName, body.error());
    }
  }

  private static void calls(List<String> members, RouteNode node) {
    List<CallNode> predicates = node.predicates().stream().filter(call -> !FOLDED.contains(call.name())).toList();
    RouteNode calls = new RouteNode("", Span.NONE, List.of(), node.filters(), new BackendNode.Network("", Span.NONE), Span.NONE);
    RouteNode conditions = new RouteNode("", Span.NONE, predicates, List.of(), new BackendNode.Network("", Span.NONE), Span.NONE);
    for (RouteNode part : List.of(calls, conditions)) {
      String json = JsonPrinter.route(part, true);
      if (json.length() > 2) {
        members.add(json.substring(1, json.length() - 1));
      }
    }
  }

  /// Lines by name, as Go writes a header: names in their usual form and sorted, all values of each.
  private static void header(List<String> members, HttpFields fields, boolean withoutHost) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (HttpField field : fields) {
      if (!withoutHost || field.getHeader() != HttpHeader.HOST) {
        String value = field.getValue() == null ? "" : field.getValue();
        byName.computeIfAbsent(usual(field.getName()), name -> new ArrayList<>()).add(JsonPrinter.text(value, true));
      }
    }
    if (!byName.isEmpty()) {
      members.add("\"header\":" + byName.entrySet().stream()
          .map(line -> JsonPrinter.text(line.getKey(), true) + ":[" + String.join(",", line.getValue()) + "]")
          .collect(Collectors.joining(",", "{", "}")));
    }
  }

  private static String usual(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean first = i == 0 || name.charAt(i - 1) == '-';
      out.append(first ? Character.toUpperCase(name.charAt(i)) : Character.toLowerCase(name.charAt(i)));
    }
    return out.toString();
  }

  private static void text(List<String> members, String name, String value) {
    if (!value.isEmpty() || name.equals("uri")) {
      members.add("\"" + name + "\":" + JsonPrinter.text(value, true));
    }
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }
}
