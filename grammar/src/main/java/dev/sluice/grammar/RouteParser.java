package dev.sluice.grammar;

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
    var builder = new SyntaxBuilder(source);
    Consumer<RouteRules> entry = isExpression(source) ? RouteRules::single : RouteRules::document;
    List<Diagnostic> diagnostics = read(source, 0, source.bytes().length, builder, entry)
        ? rules(source, builder)
        : SecondPass.read(source, new Span(0, source.bytes().length), Mender.Form.DOCUMENT);
    boolean ok = diagnostics.stream().noneMatch(Diagnostic::isError);
    return new ParseResult(new SyntaxFile(source, ok ? builder.routes() : List.of()), diagnostics);
  }

  /// Reads a whole document, and hands over each route as soon as it is read, so that no more than one need be kept.
  ///
  /// @param routes gets them in order; they count only when no error is returned
  public static List<Diagnostic> parse(SourceText source, Consumer<RouteNode> routes) {
    var builder = new SyntaxBuilder(source);
    builder.sink = route -> {
      LanguageRules.check(source, route, builder::report);
      routes.accept(route);
    };
    Consumer<RouteRules> entry = isExpression(source) ? RouteRules::single : RouteRules::document;
    return read(source, 0, source.bytes().length, builder, entry)
        ? builder.diagnostics()
        : SecondPass.read(source, new Span(0, source.bytes().length), Mender.Form.DOCUMENT);
  }

  /// Reads one route of a text again.
  ///
  /// @param span where the route stands in a text that was read without an error
  public static RouteNode reread(SourceText source, Span span) {
    var builder = new SyntaxBuilder(source);
    Consumer<RouteRules> entry = isExpression(source, span) ? RouteRules::single : RouteRules::definition;
    if (!read(source, span.start(), span.end(), builder, entry)) {
      throw new IllegalArgumentException("no route at " + span);
    }
    return builder.routes().getFirst();
  }

  /// Reads the next definition of a document, from a place between two definitions.
  ///
  /// @param from behind the route before, or 0
  /// @return null when there is none, or anything is wrong: then the whole document must be read to know
  public static @Nullable RouteNode next(SourceText source, int from) {
    var builder = new SyntaxBuilder(source);
    if (!read(source, from, source.bytes().length, builder, from == 0 ? RouteRules::first : RouteRules::following)) {
      return null;
    }
    return rules(source, builder).isEmpty() && !builder.routes().isEmpty() ? builder.routes().getFirst() : null;
  }

  /// Whether nothing but separators, blanks and comments follows a definition.
  public static boolean isEnd(SourceText source, int from) {
    return read(source, from, source.bytes().length, new SyntaxBuilder(source), RouteRules::rest);
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
    var builder = new SyntaxBuilder(source);
    List<Diagnostic> diagnostics = read(source, trimmed.start(), trimmed.end(), builder, entry)
        ? builder.diagnostics()
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

  private static List<Diagnostic> rules(SourceText source, SyntaxBuilder builder) {
    builder.routes().forEach(route -> LanguageRules.check(source, route, builder::report));
    return builder.diagnostics();
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
