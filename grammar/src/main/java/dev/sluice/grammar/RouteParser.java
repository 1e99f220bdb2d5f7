package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.UnbufferedTokenStream;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/// The only way in: text to syntax tree. Never throws for any text, and reports all errors of a text, not the first.
///
/// A good text is read once, by the parser that ANTLR makes of `RouteRules.g4`, whose actions build the records directly. When
/// that
/// stops, everything is dropped and [SecondPass] reads the text again to say what is wrong.
///
/// Safe for use from any thread; holds no state.
public final class RouteParser {
  private RouteParser() {}

  /// Reads a whole document: routes with ids, or one expression without.
  public static ParseResult parse(SourceText source) {
    var routes = new ArrayList<RouteNode>();
    List<Diagnostic> diagnostics = read(source, routes::add);
    boolean ok = diagnostics.stream().noneMatch(Diagnostic::isError);
    return new ParseResult(new SyntaxFile(source, ok ? routes : List.of()), diagnostics);
  }

  /// Reads a whole document, and keeps nothing of it: for texts of which only findings are wanted.
  ///
  /// @param routes gets each route as it is read, in order. When an error is returned, what it got means nothing
  public static List<Diagnostic> read(SourceText source, Consumer<RouteNode> routes) {
    var errors = new Errors(source);
    var builder = new SyntaxBuilder(source, errors, route -> {
      LanguageRules.check(source, route, errors);
      routes.accept(route);
    });
    Consumer<RouteRules> entry = isExpression(source) ? RouteRules::single : RouteRules::document;
    return read(source, 0, source.bytes().length, builder, entry)
        ? errors.all()
        : SecondPass.read(source, new Span(0, source.bytes().length), Mender.Form.DOCUMENT);
  }

  /// Reads one route of a text again.
  ///
  /// @param span where the route stands in a text that was read without an error
  public static RouteNode reread(SourceText source, Span span) {
    var routes = new ArrayList<RouteNode>(1);
    var builder = new SyntaxBuilder(source, new Errors(source), routes::add);
    Consumer<RouteRules> entry = isExpression(source, span) ? RouteRules::single : RouteRules::definition;
    if (!read(source, span.start(), span.end(), builder, entry)) {
      throw new IllegalArgumentException("no route at " + span);
    }
    return routes.getFirst();
  }

  /// Reads the next definition of a document, from a place between two definitions.
  ///
  /// @param from behind the route before, or 0
  /// @return null when there is none, or anything is wrong: then the whole document must be read to know
  public static @Nullable RouteNode next(SourceText source, int from) {
    var routes = new ArrayList<RouteNode>(1);
    var errors = new Errors(source);
    var builder = new SyntaxBuilder(source, errors, routes::add);
    if (!read(source, from, source.bytes().length, builder, from == 0 ? RouteRules::first : RouteRules::following)
        || routes.isEmpty()) {
      return null;
    }
    LanguageRules.check(source, routes.getFirst(), errors);
    return errors.all().isEmpty() ? routes.getFirst() : null;
  }

  /// Whether nothing but separators, blanks and comments follows a definition.
  public static boolean isEnd(SourceText source, int from) {
    return read(source, from, source.bytes().length, new SyntaxBuilder(source, new Errors(source), route -> {}), RouteRules::rest);
  }

  /// Reads `P() && Q()`. White space around it, also that of Unicode, is ignored; an empty text or a comment gives no
  /// predicates, and
  /// `*` is dropped.
  public static ParseResult.Calls predicates(SourceText source) {
    var calls = calls(source, RouteRules::predicateList, SyntaxBuilder::predicates, Mender.Form.PREDICATES);
    return new ParseResult.Calls(
        calls.calls().stream().filter(call -> !call.name().equals("*")).toList(), calls.diagnostics());
  }

  /// Reads `f() -> g()`. White space around it, also that of Unicode, is ignored; an empty text or a comment gives no filters.
  public static ParseResult.Calls filters(SourceText source) {
    return calls(source, RouteRules::filterList, SyntaxBuilder::filters, Mender.Form.FILTERS);
  }

  private static ParseResult.Calls calls(
      SourceText source,
      Consumer<RouteRules> entry,
      Function<SyntaxBuilder, List<CallNode>> result,
      Mender.Form form) {
    Span trimmed = UnicodeSpace.trim(source.bytes());
    var errors = new Errors(source);
    var builder = new SyntaxBuilder(source, errors, route -> {});
    List<Diagnostic> diagnostics = read(source, trimmed.start(), trimmed.end(), builder, entry)
        ? errors.all()
        : SecondPass.read(source, trimmed, form);
    boolean ok = diagnostics.stream().noneMatch(Diagnostic::isError);
    return new ParseResult.Calls(ok ? result.apply(builder) : List.of(), diagnostics);
  }

  /// Returns false at the first syntax error.
  private static boolean read(SourceText source, int from, int to, SyntaxBuilder builder, Consumer<RouteRules> entry) {
    var lexer = new RouteLexer(new RouteBytes(source.bytes(), from, to));
    lexer.setTokenFactory(RouteToken.FACTORY);
    var rules = rules(lexer, builder);
    rules.setErrorHandler(new Silent());
    try {
      entry.accept(rules);
      return true;
    } catch (ParseCancellationException syntaxError) {
      return false;
    }
  }

  /// Stops without words: these tokens know too little for ANTLR's messages, and nobody would hear them.
  private static final class Silent extends BailErrorStrategy {
    @Override
    public void reportError(Parser recognizer, RecognitionException error) {}
  }

  static RouteRules rules(TokenSource tokens, SyntaxBuilder builder) {
    var rules = new RouteRules(new UnbufferedTokenStream<>(tokens));
    rules.removeErrorListeners();
    rules.setBuildParseTree(false);
    rules.getInterpreter().setPredictionMode(PredictionMode.SLL);
    rules.out = builder;
    return rules;
  }

  /// A document that begins with an id and a colon, or with a semicolon, is a list of definitions; one that begins otherwise is
  /// a single
  /// expression.
  static boolean isExpression(SourceText source) {
    return isExpression(source, new Span(0, source.bytes().length));
  }

  private static boolean isExpression(SourceText source, Span span) {
    var lexer = new RouteLexer(new RouteBytes(source.bytes(), span.start(), span.end()));
    return switch (lexer.nextToken().getType()) {
      case RouteLexer.SYMBOL -> lexer.nextToken().getType() == RouteLexer.LPAREN;
      case RouteLexer.STAR -> true;
      default -> false;
    };
  }
}
