package dev.sluice.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;
import org.jspecify.annotations.Nullable;

/// The tokens of a broken text, with its usual slips reported and mended on the way to the parser.
///
/// Someone who writes `=>` means `->`, and the rest of the route is right; a parser that stumbles over it has nothing more to
/// say about
/// that route. So the slips that people make are recognised here, as patterns of two or three tokens at a known place in a
/// route: each is
/// reported once, with what to write instead, and the parser gets the token that was meant. A route ends at `;` or where `id:`
/// begins the
/// next one, whatever is open. What is not recognised goes through untouched, for [ExpectedTokens] to report.
///
/// Streams: the look ahead is a few tokens, however long the text. Ends the stream when [#LIMIT] errors were found.
final class Mender implements TokenSource {
  /// So many errors are reported; the last one says that there may be more.
  static final int LIMIT = 100;

  final SourceText source;
  final RawTokens raw;
  private final ArrayDeque<Token> ready = new ArrayDeque<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Mend> mends;
  private final Form form;
  private boolean stopped;
  private @Nullable Token previous;

  // Where the reader is in the current route.
  int depth;
  boolean argumentsWithoutParentheses;
  boolean arrowSeen;
  boolean angle;
  private boolean started;
  private boolean skipped;
  private @Nullable String routeId;
  private int routeStart;
  private final DocumentForm documentForm = new DocumentForm();

  /// What is read: routes, or predicates or filters alone.
  enum Form {
    DOCUMENT,
    PREDICATES,
    FILTERS
  }

  /// One group of slips.
  interface Mend {
    /// Handles the next raw token when it begins a slip of this group: takes or replaces at least one token, or inserts one
    /// before it.
    boolean mend();
  }

  Mender(SourceText source, Span range, Form form) {
    this.source = source;
    this.raw = new RawTokens(source.bytes(), range);
    this.form = form;
    this.arrowSeen = form == Form.FILTERS;
    this.mends = List.of(
        new RouteMends(this), new CharacterMends(this), new LiteralMends(this), new ArgumentMends(this), new BackendMends(this),
        new ChainMends(this));
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  DocumentForm documentForm() {
    return documentForm;
  }

  /// True when routes are read; false for predicates or filters alone.
  boolean readsRoutes() {
    return form == Form.DOCUMENT;
  }

  boolean readsFilters() {
    return form == Form.FILTERS;
  }

  @Override
  public Token nextToken() {
    while (ready.isEmpty()) {
      if (raw.isExhausted() && !stopped) {
        stop(afterPrevious());
      }
      if (stopped) {
        emit(Token.EOF, raw.end(), raw.end());
      } else if (mends.stream().noneMatch(Mend::mend)) {
        pass();
      }
    }
    return ready.removeFirst();
  }

  /// Gives the next raw token to the parser.
  void pass() {
    Token token = raw.take();
    emit(token.getType(), token.getStartIndex(), token.getStopIndex() + 1);
  }

  /// Gives the parser a token of this type in place of the next raw ones, up to the offset `to`.
  void replace(int type, int to) {
    int from = raw.peek(0).getStartIndex();
    raw.jump(to);
    emit(type, from, to);
  }

  /// Gives the parser a token that is not in the text.
  void insert(int type) {
    emit(type, previousEnd(), previousEnd());
  }

  private void emit(int type, int from, int to) {
    var token = token(type, from, to);
    ready.add(token);
    follow(token);
  }

  private static Token token(int type, int from, int to) {
    var token = new CommonToken(type);
    token.setStartIndex(from);
    token.setStopIndex(to - 1);
    return token;
  }

  private void follow(Token token) {
    switch (token.getType()) {
      case RouteLexer.LPAREN -> depth++;
      case RouteLexer.RPAREN -> depth = Math.max(0, depth - 1);
      case RouteLexer.ARROW -> arrowSeen = true;
      case RouteLexer.LT -> angle = true;
      case RouteLexer.GT -> angle = false;
      case RouteLexer.SEMI -> newRoute(token);
      default -> {}
    }
    if (token.getType() == RouteLexer.COLON && depth == 0 && !arrowSeen && previous != null) {
      routeId = text(previous);
    } else if (token.getType() == Token.EOF) {
      endRoute();
    } else if (token.getType() != RouteLexer.SEMI && !started) {
      started = true;
      routeStart = token.getStartIndex();
    }
    previous = token;
  }

  private void endRoute() {
    if (started) {
      documentForm.route(new Span(routeStart, routeStart), routeId != null, arrowSeen && !skipped && !reportedBetween(routeStart, raw.end()));
    }
  }

  private void newRoute(Token semicolon) {
    endRoute();
    documentForm.semicolon(span(semicolon));
    depth = 0;
    argumentsWithoutParentheses = false;
    arrowSeen = form == Form.FILTERS;
    angle = false;
    started = false;
    skipped = false;
    routeId = null;
    routeStart = semicolon.getStopIndex() + 1;
  }

  /// Takes raw tokens away from the parser until the route ends.
  void skipRoute() {
    while (raw.type(0) != RouteLexer.SEMI && raw.type(0) != Token.EOF && !beginsRoute()) {
      raw.take();
    }
    depth = 0;
    angle = false;
    arrowSeen = true;
    skipped = true;
    previous = token(RouteLexer.SHUNT, previousEnd(), previousEnd());
    if (beginsRoute()) {
      insert(RouteLexer.SEMI);
    }
  }

  /// True when the next raw tokens are `id:`.
  boolean beginsRoute() {
    return raw.type(0) == RouteLexer.SYMBOL && raw.type(1) == RouteLexer.COLON
        && !raw.startsWith(raw.peek(1).getStopIndex() + 1, "//");
  }

  /// True when the next raw token, or `id:`, ends the route.
  boolean routeEndsAt(int k) {
    return raw.type(k) == RouteLexer.SEMI || raw.type(k) == Token.EOF
        || raw.type(k) == RouteLexer.SYMBOL && raw.type(k + 1) == RouteLexer.COLON;
  }

  boolean atRouteStart() {
    return !started;
  }

  /// True at the place of a predicate that is the first one of its route.
  boolean beforePredicates() {
    return form != Form.FILTERS && (!started || previousType() == RouteLexer.COLON && depth == 0 && !arrowSeen);
  }

  int routeStart() {
    return routeStart;
  }

  /// Type of the last token that the parser got, or EOF at the start.
  int previousType() {
    return previous == null ? Token.EOF : previous.getType();
  }

  int previousEnd() {
    return previous == null ? raw.skipBlanks(0) : previous.getStopIndex() + 1;
  }

  Span afterPrevious() {
    return new Span(previousEnd(), previousEnd());
  }

  String text(Token token) {
    return raw.text(token.getStartIndex(), Math.min(token.getStopIndex() + 1, token.getStartIndex() + 60));
  }

  static Span span(Token token) {
    return new Span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
  }

  /// True when an error was reported that begins in this range.
  boolean reportedBetween(int from, int to) {
    return diagnostics.stream().anyMatch(d -> d.span().start() >= from && d.span().start() <= to);
  }

  void report(DiagnosticCode code, Span span, String message, @Nullable String help) {
    report(code, span, message, help, null, null);
  }

  /// Reports an error; `edit` replaces the bytes of `where`.
  void report(
      DiagnosticCode code, Span span, String message, @Nullable String help, @Nullable Span where, @Nullable String edit) {
    if (stopped) {
      return;
    }
    var diagnostic = Diagnostic.error(code, source, span, message).inRoute(routeId).withHelp(help);
    diagnostics.add(
        where == null || edit == null ? diagnostic : diagnostic.withEdit(new Diagnostic.TextEdit(where, edit)));
    if (diagnostics.size() >= LIMIT) {
      stop(span);
    }
  }

  /// Ends the stream early.
  void stop(Span span) {
    stopped = true;
    diagnostics.add(tooMany(source, span));
  }

  /// The last diagnostic of a text that has too many.
  static Diagnostic tooMany(SourceText source, Span span) {
    return Diagnostic.error(SyntaxCode.TOO_MANY, source, span, "too many errors; the rest of the text was not checked")
        .withHelp("mend the errors above and check again");
  }

  boolean stopped() {
    return stopped;
  }

  @Override
  public int getLine() {
    return 0;
  }

  @Override
  public int getCharPositionInLine() {
    return 0;
  }

  @Override
  public @Nullable CharStream getInputStream() {
    return null;
  }

  @Override
  public String getSourceName() {
    return source.name();
  }

  @Override
  public void setTokenFactory(TokenFactory<?> factory) {}

  @Override
  public @Nullable TokenFactory<?> getTokenFactory() {
    return null;
  }
}
