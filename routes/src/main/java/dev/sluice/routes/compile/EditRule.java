package dev.sluice.routes.compile;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.LanguagePredicate;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A rule of `-edit-route` or `-clone-route`: replaces what an expression finds in the text of each predicate and filter, and
/// reads the changed text again.
public final class EditRule {
  private final String flag;
  private final Regex expression;
  private final String replacement;

  private EditRule(String flag, Regex expression, String replacement) {
    this.flag = flag;
    this.expression = expression;
    this.replacement = replacement;
  }

  /// Reads `/expression/replacement/`; the first character is the separator, which cannot be escaped. What follows the last one
  /// is ignored.
  ///
  /// @param flag for messages: `-edit-route`
  /// @throws ArgumentProblem when it is not of that form, or the expression is none
  public static EditRule parse(String flag, String text) {
    if (text.isEmpty()) {
      throw new ArgumentProblem("empty string as an argument is not allowed");
    }
    int separator = text.codePointAt(0);
    String[] parts = text.split(Pattern.quote(Character.toString(separator)), -1);
    if (parts.length != 4) {
      throw new ArgumentProblem("unexpected size of string split: " + parts.length + "; write /expression/replacement/");
    }
    return new EditRule(flag, Regex.of(parts[1]), parts[2]);
  }

  /// The route with all replacements made, predicates sorted by name as the rule sees them, or null when nothing changed.
  @Nullable PlacedRoute apply(PlacedRoute route, List<Diagnostic> problems) {
    Map<CallNode, SourceText> texts = new IdentityHashMap<>(route.elsewhere());
    List<CallNode> predicates = edit(sorted(route.node().predicates()), RouteParser::predicates, route, texts, problems);
    List<CallNode> filters = edit(route.node().filters(), RouteParser::filters, route, texts, problems);
    if (predicates == null && filters == null) {
      return null;
    }
    RouteNode node = route.node();
    BackendNode backend = node.backend();
    List<CallNode> left = predicates == null ? sorted(node.predicates()) : predicates;
    List<CallNode> right = filters == null ? node.filters() : filters;
    return new PlacedRoute(new RouteNode(node.id(), node.idSpan(), left, right, backend, node.span()), route.source(), texts);
  }

  private static List<CallNode> sorted(List<CallNode> predicates) {
    return predicates.stream()
        .filter(call -> !LanguagePredicate.matchesEverything(call))
        .sorted(Comparator.comparing(CallNode::name))
        .toList();
  }

  private @Nullable List<CallNode> edit(
      List<CallNode> calls,
      Function<SourceText, ParseResult.Calls> parse,
      PlacedRoute route,
      Map<CallNode, SourceText> texts,
      List<Diagnostic> problems) {
    var edited = new ArrayList<CallNode>(calls.size());
    boolean changed = false;
    for (CallNode call : calls) {
      String before = RoutePrinter.call(call);
      String after = expression.replaceAll(before, replacement);
      if (after.equals(before)) {
        edited.add(call);
        continue;
      }
      var source = SourceText.of(flag + " on route " + route.node().id(), RoutePrinter.toBytes(after));
      ParseResult.Calls read = parse.apply(source);
      if (read.ok()) {
        changed = true;
        edited.addAll(read.calls());
        read.calls().forEach(each -> texts.put(each, source));
      } else {
        edited.add(call);
        Diagnostic first = read.diagnostics().getFirst();
        String message = flag + " turns " + before + " into a text that cannot be read; it stays as it was: " + first.message();
        problems.add(Diagnostic.warning(RouteCode.EDIT_NOT_PARSED, source, first.span(), message).inRoute(route.node().id()));
      }
    }
    return changed ? edited : null;
  }
}
