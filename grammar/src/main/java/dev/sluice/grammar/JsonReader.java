package dev.sluice.grammar;

import dev.sluice.grammar.BackendNode.Balanced;
import dev.sluice.grammar.BackendNode.Dynamic;
import dev.sluice.grammar.BackendNode.EndpointNode;
import dev.sluice.grammar.BackendNode.Forward;
import dev.sluice.grammar.BackendNode.Loopback;
import dev.sluice.grammar.BackendNode.Network;
import dev.sluice.grammar.BackendNode.Shunt;
import dev.sluice.grammar.LiteralNode.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;

/// The JSON form of routes, as [JsonPrinter] writes it, to syntax tree: one route object or an array of them. A missing backend,
/// or one
/// without a type, is a network backend; unknown members are skipped. Predicates keep their order. Spans are [Span#NONE].
public final class JsonReader {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final SourceText source;
  private final JsonParser in;

  private JsonReader(SourceText source, JsonParser in) {
    this.source = source;
    this.in = in;
  }

  /// Reads all routes; never throws. At the first error, which is the only diagnostic then, nothing is kept.
  public static ParseResult parse(SourceText source) {
    try (var in = FACTORY.createParser(ObjectReadContext.empty(), source.bytes())) {
      return new ParseResult(new SyntaxFile(source, new JsonReader(source, in).routes()), List.of());
    } catch (Problem problem) {
      return failed(source, problem.span, problem.text);
    } catch (StreamReadException broken) {
      int at = offset(source, broken.getLocation().getByteOffset());
      return failed(source, new Span(at, at), "malformed JSON");
    } catch (JacksonException broken) {
      return failed(source, new Span(0, 0), "malformed JSON");
    }
  }

  private static ParseResult failed(SourceText source, Span span, String message) {
    var error = Diagnostic.error(SyntaxCode.BAD_JSON, source, span, message)
        .withHelp("write routes as \"gwctl print -json\" does");
    return new ParseResult(new SyntaxFile(source, List.of()), List.of(error));
  }

  private static int offset(SourceText source, long offset) {
    return Math.clamp(offset, 0, source.bytes().length);
  }

  private List<RouteNode> routes() {
    var routes = new ArrayList<RouteNode>();
    if (in.nextToken() == JsonToken.START_OBJECT) {
      routes.add(route());
    } else {
      expect(JsonToken.START_ARRAY, "an array of routes");
      while (in.nextToken() != JsonToken.END_ARRAY) {
        routes.add(route());
      }
    }
    if (in.nextToken() != null) {
      throw problem("text behind the routes");
    }
    if (routes.size() > 1 && routes.stream().anyMatch(route -> route.id().isEmpty())) {
      throw problem("route without id beside other routes");
    }
    return routes;
  }

  private RouteNode route() {
    String id = "";
    List<CallNode> predicates = List.of();
    List<CallNode> filters = List.of();
    BackendNode backend = new Network("", Span.NONE);
    expect(JsonToken.START_OBJECT, "a route object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String member = in.currentName();
      in.nextToken();
      switch (member) {
        case "id" -> id = name("route id");
        case "backend" -> backend = backend();
        case "predicates" -> predicates = calls("predicate");
        case "filters" -> filters = calls("filter");
        default -> in.skipChildren();
      }
    }
    var all = List.of(new CallNode("*", List.of(), Span.NONE, Span.NONE));
    return new RouteNode(id, Span.NONE, predicates.isEmpty() ? all : predicates, filters, backend, Span.NONE);
  }

  private BackendNode backend() {
    String type = "";
    String address = "";
    @Nullable String algorithm = null;
    List<EndpointNode> endpoints = List.of();
    expect(JsonToken.START_OBJECT, "a backend object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String member = in.currentName();
      in.nextToken();
      switch (member) {
        case "type" -> type = string("a backend type");
        case "address" -> address = string("an address");
        case "algorithm" -> algorithm = name("algorithm");
        case "endpoints" -> endpoints = endpoints();
        default -> in.skipChildren();
      }
    }
    return switch (type) {
      case "", "network" -> new Network(address, Span.NONE);
      case "shunt" -> new Shunt(Span.NONE);
      case "loopback" -> new Loopback(Span.NONE);
      case "dynamic" -> new Dynamic(Span.NONE);
      case "forward" -> new Forward(Span.NONE);
      case "lb" -> balanced(algorithm, endpoints);
      default -> throw problem("unsupported backend type \"" + type + '"');
    };
  }

  private BackendNode balanced(@Nullable String algorithm, List<EndpointNode> endpoints) {
    if (endpoints.isEmpty()) {
      throw problem("balanced backend without endpoints");
    }
    return new Balanced(algorithm == null || algorithm.isEmpty() ? null : algorithm, null, endpoints, Span.NONE);
  }

  private List<EndpointNode> endpoints() {
    var endpoints = new ArrayList<EndpointNode>();
    expect(JsonToken.START_ARRAY, "an array of endpoints");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      endpoints.add(new EndpointNode(string("an endpoint"), Span.NONE));
    }
    return endpoints;
  }

  private List<CallNode> calls(String kind) {
    var calls = new ArrayList<CallNode>();
    expect(JsonToken.START_ARRAY, "an array of " + kind + "s");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      calls.add(call(kind));
    }
    return calls;
  }

  private CallNode call(String kind) {
    String name = "";
    List<LiteralNode> arguments = List.of();
    expect(JsonToken.START_OBJECT, "a " + kind + " object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String member = in.currentName();
      in.nextToken();
      switch (member) {
        case "name" -> name = kind.equals("predicate") && "*".equals(in.getString()) ? "*" : name(kind + " name");
        case "args" -> arguments = arguments();
        default -> in.skipChildren();
      }
    }
    if (name.isEmpty()) {
      throw problem(kind + " without name");
    }
    return new CallNode(name, arguments, Span.NONE, Span.NONE);
  }

  private List<LiteralNode> arguments() {
    var arguments = new ArrayList<LiteralNode>();
    expect(JsonToken.START_ARRAY, "an array of arguments");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      switch (in.currentToken()) {
        case VALUE_STRING -> arguments.add(new LiteralNode.Text(string("a string"), Form.QUOTED, Span.NONE));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> arguments.add(new LiteralNode.Number(number(), Span.NONE));
        default -> throw problem("an argument is a string or a number");
      }
    }
    return arguments;
  }

  private double number() {
    double value = Double.parseDouble(in.getString());
    if (Double.isInfinite(value)) {
      throw problem("number out of range");
    }
    return value;
  }

  /// A string; surrogates that form no pair become U+FFFD, so that they cannot be taken for bytes that are no UTF-8.
  private String string(String what) {
    expect(JsonToken.VALUE_STRING, what);
    return ByteText.replaceEscapes(in.getString());
  }

  private String name(String what) {
    String name = string("a " + what);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw problem(what + " \"" + name + "\" holds other characters than letters, digits and \"_\"");
    }
    return name;
  }

  private void expect(JsonToken token, String what) {
    if (in.currentToken() != token) {
      throw problem("expected " + what);
    }
  }

  private Problem problem(String text) {
    int start = offset(source, in.currentTokenLocation().getByteOffset());
    int end = offset(source, in.currentLocation().getByteOffset());
    return new Problem(new Span(start, Math.max(start, end)), text);
  }

  private static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Span span;
    private final String text;

    Problem(Span span, String text) {
      super(text, null, false, false);
      this.span = span;
      this.text = text;
    }
  }
}
