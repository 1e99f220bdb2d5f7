package dev.sluice.grammar;

import dev.sluice.grammar.BackendNode.Balanced;
import dev.sluice.grammar.Diagnostic.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The errors that refuse a whole document although its grammar is right: wrong arguments of a [LanguagePredicate], one that may
/// stand
/// only once and is repeated, endpoints that are no URLs or of different schemes.
final class LanguageRules {
  private LanguageRules() {}

  /// Reports what is wrong with one route.
  static void check(SourceText source, RouteNode route, Consumer<Diagnostic> report) {
    if (route.backend() instanceof Balanced balanced) {
      checkEndpoints(source, route, balanced, report);
    }
    @Nullable List<CallNode> seen = null;
    for (CallNode call : route.predicates()) {
      var predicate = LanguagePredicate.of(call.name());
      if (predicate == null) {
        continue;
      }
      if (!hasRightArguments(call, predicate)) {
        report.accept(wrongArguments(source, route, call, predicate));
      } else if (predicate.repeat() != LanguagePredicate.Repeat.FREE) {
        seen = seen == null ? new ArrayList<>(2) : seen;
        checkRepeated(source, route, call, seen, report);
        seen.add(call);
      }
    }
  }

  private static boolean hasRightArguments(CallNode call, LanguagePredicate predicate) {
    boolean right = call.arguments().size() == predicate.arity();
    for (int i = 0; right && i < predicate.arity(); i++) {
      right = call.arguments().get(i) instanceof LiteralNode.Text;
    }
    return right;
  }

  private static Diagnostic wrongArguments(SourceText source, RouteNode route, CallNode call, LanguagePredicate predicate) {
    String expected = predicate.arity() == 1 ? "1 string argument" : "2 string arguments";
    var number = call.arguments().stream().filter(LiteralNode.Number.class::isInstance).findFirst();
    Span span = call.span();
    String found = call.arguments().size() + (call.arguments().size() == 1 ? " argument" : " arguments");
    if (call.arguments().size() == predicate.arity() && number.isPresent()) {
      span = number.get().span();
      found = "the number " + source.text(span);
    } else if (call.arguments().size() > predicate.arity()) {
      span = call.arguments().get(predicate.arity()).span().to(call.arguments().getLast().span());
    }
    return Diagnostic.error(SyntaxCode.PREDICATE_ARGUMENTS, source, span,
            call.name() + " predicate expects " + expected + ", found " + found)
        .inRoute(route.id())
        .withHelp("write " + usage(predicate));
  }

  private static String usage(LanguagePredicate predicate) {
    return switch (predicate) {
      case PATH -> "Path(\"/a/path\")";
      case HOST -> "Host(/^www[.]example[.]org$/)";
      case PATH_REGEXP -> "PathRegexp(/[.]html$/)";
      case METHOD -> "Method(\"GET\"); for several methods Methods(\"GET\", \"HEAD\")";
      case HEADER -> "Header(\"Name\", \"value\")";
      case HEADER_REGEXP -> "HeaderRegexp(\"Name\", /value/)";
    };
  }

  private static void checkRepeated(
      SourceText source, RouteNode route, CallNode call, List<CallNode> seen, Consumer<Diagnostic> report) {
    for (CallNode earlier : seen) {
      if (earlier.name().equals(call.name()) && (!call.name().equals("Header") || value(earlier).equals(value(call)))) {
        report.accept(Diagnostic.error(SyntaxCode.REPEATED_PREDICATE, source, call.span(),
                repeated(call))
            .inRoute(route.id())
            .withLabels(new Label(source, earlier.span(), "first here"))
            .withHelp(repeatedHelp(call.name())));
        return;
      }
    }
  }

  /// In Skipper's words, which its users may look for.
  private static String repeated(CallNode call) {
    return switch (call.name()) {
      case "Path" -> "duplicate path tree predicate";
      case "Method" -> "duplicate method predicate";
      default -> "duplicate header predicate: " + value(call);
    };
  }

  private static String repeatedHelp(String name) {
    return switch (name) {
      case "Path" -> "keep one, or write a route for each path";
      case "Method" -> "keep one, or use Methods(\"GET\", \"HEAD\"), which matches any of them";
      default -> "keep one, or use HeaderRegexp, which may be repeated";
    };
  }

  private static String value(CallNode call) {
    return call.arguments().getFirst() instanceof LiteralNode.Text text ? text.value() : "";
  }

  private static void checkEndpoints(SourceText source, RouteNode route, Balanced balanced, Consumer<Diagnostic> report) {
    boolean sound = true;
    for (var endpoint : balanced.endpoints()) {
      // What stands for an environment variable is looked at when it is known.
      String problem = endpoint.address().contains("${env.") ? null : EndpointUrl.problem(endpoint.address());
      if (problem != null) {
        sound = false;
        report.accept(Diagnostic.error(SyntaxCode.BAD_ENDPOINT, source, endpoint.span(),
                "endpoint " + source.text(endpoint.span()) + ' ' + problem)
            .inRoute(route.id())
            .withHelp(endpointHelp(balanced, endpoint, problem)));
      }
    }
    if (sound) {
      checkSchemes(source, route, balanced, report);
    }
  }

  private static String endpointHelp(Balanced balanced, BackendNode.EndpointNode endpoint, String problem) {
    String address = endpoint.address();
    boolean word = balanced.algorithm() == null && !address.isEmpty() && address.chars().allMatch(Character::isLetter);
    if (word && endpoint.equals(balanced.endpoints().getFirst())) {
      return "write the algorithm without quotes: <" + address + ", …>";
    }
    boolean onlyScheme = problem.equals("has no scheme") && !address.isBlank();
    return onlyScheme && EndpointUrl.problem("http://" + address) == null
        ? "write \"http://" + address + '"'
        : "write a URL like \"http://10.0.0.1:8080\"";
  }

  private static void checkSchemes(SourceText source, RouteNode route, Balanced balanced, Consumer<Diagnostic> report) {
    var first = balanced.endpoints().getFirst();
    for (var endpoint : balanced.endpoints()) {
      String scheme = EndpointUrl.scheme(first.address());
      if (!scheme.isEmpty() && !scheme.equals(EndpointUrl.scheme(endpoint.address()))) {
        report.accept(Diagnostic.error(SyntaxCode.MIXED_SCHEMES, source, endpoint.span(),
                "endpoints with different schemes, \"" + scheme + "\" and \"" + EndpointUrl.scheme(endpoint.address()) + '"')
            .inRoute(route.id())
            .withLabels(new Label(source, first.span(), "\"" + scheme + "\" here"))
            .withHelp("use one scheme for all endpoints of a backend"));
        return;
      }
      first = endpoint;
    }
  }
}
