package dev.sluice.grammar;

import dev.sluice.grammar.LiteralNode.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Routes of every kind, made from a seed.
final class RandomRoutes {
  private static final String[] TEXTS = {
    "", "/a", "\\", "\"", "`", "/", "[", "]", "\\[", "\\/", "x\\", "\n", "\t", "\b", "\u0007", "\u000B", "\f", "\r", "\0", "é", "日本", "🙂", "->", ";",
    "// no", "*", "&&", "\\d+", "[^/]", "[[:alpha:]]", "$1", "${request.path}", "<shunt>", "'", " ", "\u2028", "\u007F", "^", "(a|b)", "\\\\"
  };
  private static final String[] ENDPOINTS = {
    "http://10.0.0.1:8080", "http://a.example", "http://a.example?zone=eu-1a", "http://b?x=1&zone=z%20y&a=2", "http://c/p?q", "http://[::1]:80",
    "http://d?zone=", "http://e?zone=a%26b", "http://user:pw@f/x"
  };
  private static final String[] NAMES = {"Weight", "PathSubtree", "Cookie", "path", "_", "a1", "QueryParam", "True"};

  private final SplittableRandom random;
  private final boolean anyBytes;

  /// @param anyBytes also bytes that are not UTF-8
  RandomRoutes(long seed, boolean anyBytes) {
    this.random = new SplittableRandom(seed);
    this.anyBytes = anyBytes;
  }

  List<RouteNode> routes(int count) {
    var routes = new ArrayList<RouteNode>();
    for (int i = 0; i < count; i++) {
      routes.add(route("r" + i));
    }
    return routes;
  }

  RouteNode route(String id) {
    return new RouteNode(id, Span.NONE, predicates(), calls(random.nextInt(4)), backend(), Span.NONE);
  }

  private List<CallNode> predicates() {
    var predicates = new ArrayList<CallNode>(calls(random.nextInt(3)));
    if (random.nextInt(3) > 0) {
      predicates.add(call("Path", text(false)));
    }
    if (random.nextInt(4) == 0) {
      predicates.add(call("Method", text(false)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      predicates.add(random.nextInt(predicates.size() + 1), call(random.nextBoolean() ? "Host" : "PathRegexp", text(true)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      predicates.add(call("Header", new LiteralNode.Text("X-" + i, Form.QUOTED, Span.NONE), text(false)));
      predicates.addFirst(call("HeaderRegexp", new LiteralNode.Text("X-" + i, Form.QUOTED, Span.NONE), text(true)));
    }
    return predicates.isEmpty() ? List.of(call("*")) : predicates;
  }

  private List<CallNode> calls(int count) {
    var calls = new ArrayList<CallNode>();
    for (int i = 0; i < count; i++) {
      var arguments = new LiteralNode[random.nextInt(4)];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] = random.nextInt(3) == 0 ? new LiteralNode.Number(number(), Span.NONE) : text(false);
      }
      calls.add(call(NAMES[random.nextInt(NAMES.length)], arguments));
    }
    return calls;
  }

  private static CallNode call(String name, LiteralNode... arguments) {
    return new CallNode(name, List.of(arguments), Span.NONE, Span.NONE);
  }

  /// Any number has up to 309 digits before the point or 1,074 behind it, and most of them have hundreds: they are rare.
  private double number() {
    int kind = random.nextInt(32);
    if (kind == 0) {
      double any = Double.longBitsToDouble(random.nextLong());
      return Double.isFinite(any) ? any : 1;
    }
    return kind == 1 ? -0.0 : kind < 16 ? random.nextInt(-100, 1000) : random.nextInt(1000) / 100.0;
  }

  /// A control character in a regular expression is printed as an escape, which is another text that means the same; so there
  /// are none.
  private LiteralNode.Text text(boolean regexp) {
    var text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      String part = TEXTS[random.nextInt(TEXTS.length)];
      text.append(regexp && part.length() == 1 && part.charAt(0) < ' ' && part.charAt(0) > 0 ? "c" : part);
      if (anyBytes && random.nextInt(8) == 0) {
        text.append((char) (0xDC80 + random.nextInt(0x80)));
      }
    }
    // Invalid bytes next to each other may be valid together: take them as they would be read.
    byte[] bytes = ByteText.encode(text.toString());
    return new LiteralNode.Text(ByteText.decode(bytes, 0, bytes.length), Form.QUOTED, Span.NONE);
  }

  private BackendNode backend() {
    return switch (random.nextInt(7)) {
      case 0 -> new BackendNode.Shunt(Span.NONE);
      case 1 -> new BackendNode.Loopback(Span.NONE);
      case 2 -> new BackendNode.Dynamic(Span.NONE);
      case 3 -> new BackendNode.Forward(Span.NONE);
      case 4 -> new BackendNode.Network(text(false).value(), Span.NONE);
      default -> balanced();
    };
  }

  private BackendNode balanced() {
    var endpoints = new ArrayList<BackendNode.EndpointNode>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      endpoints.add(new BackendNode.EndpointNode(ENDPOINTS[random.nextInt(ENDPOINTS.length)], Span.NONE));
    }
    return new BackendNode.Balanced(random.nextBoolean() ? "roundRobin" : null, null, endpoints, Span.NONE);
  }
}
