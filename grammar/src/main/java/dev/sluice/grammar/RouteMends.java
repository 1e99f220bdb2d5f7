package dev.sluice.grammar;

import org.antlr.v4.runtime.Token;

/// Slips between routes and at the beginning of one: semicolons, ids, what stands where the first predicate belongs.
final class RouteMends implements Mender.Mend {
  private final Mender mender;
  private final RawTokens raw;

  RouteMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    if (!mender.readsRoutes()) {
      return mender.beforePredicates() && firstPredicate();
    }
    if (mender.beginsRoute() && mender.depth == 0 && !mender.angle && !mender.atRouteStart()
        && !mender.beforePredicates()) {
      return nextRoute();
    }
    return mender.atRouteStart() && id() || mender.beforePredicates() && firstPredicate();
  }

  /// `id:` where no route ended. After a backend the semicolon is missing; otherwise the route is incomplete.
  private boolean nextRoute() {
    if (BackendMends.endsBackend(mender)) {
      mender.report(SyntaxCode.MISSING_SEMICOLON, mender.afterPrevious(),
          "missing \";\" before route \"" + mender.text(raw.peek(0)) + '"', "end each route with \";\"", mender.afterPrevious(), ";");
    } else {
      ChainMends.incomplete(mender);
    }
    mender.insert(RouteLexer.SEMI);
    return true;
  }

  private boolean id() {
    Token token = raw.peek(0);
    int start = token.getStartIndex();
    if (token.getType() == Token.EOF || token.getType() == RouteLexer.SEMI) {
      return false;
    }
    if (token.getType() == RouteLexer.COLON) {
      mender.report(SyntaxCode.BAD_ID, Mender.span(token), "missing route id before \":\"", "write an id before the colon");
      mender.insert(RouteLexer.SYMBOL);
      mender.pass();
      return true;
    }
    if (mender.beginsRoute()) {
      return false;
    }
    boolean quoted = token.getType() == RouteLexer.STRING || token.getType() == RouteLexer.BACKQUOTED;
    if (token.getType() == RouteLexer.STRAY && !Character.isLetter(raw.text(start, start + 4).codePointAt(0))) {
      return false;
    }
    int end = quoted ? token.getStopIndex() + 1 : idEnd(start);
    boolean colon = end > start && raw.at(raw.skipBlanks(end)) == ':' && !raw.startsWith(raw.skipBlanks(end), "://");
    return colon ? badId(start, end, quoted) : token.getType() == RouteLexer.SYMBOL && missingColon(token);
  }

  /// End of what was meant as an id: slashes belong to it, comments do not.
  private int idEnd(int start) {
    int end = raw.runEnd(start, ":;(),<>\"`'&*#|=![]{}");
    for (int i = start; i < end; i++) {
      if (raw.startsWith(i, "//")) {
        return i;
      }
    }
    return end;
  }

  private boolean badId(int start, int end, boolean quoted) {
    Span span = new Span(start, end);
    String text = raw.text(quoted ? start + 1 : start, Math.min(quoted ? end - 1 : end, start + 80));
    String better = text.replaceAll("[^A-Za-z0-9_]+", "_");
    better = better.isEmpty() || Character.isDigit(better.charAt(0)) ? "_" + better : better;
    String message = quoted
        ? "route id in quotes"
        : Character.isDigit(text.charAt(0)) && text.matches("\\w+")
            ? "route id \"" + text + "\" begins with a digit"
            : "route id \"" + text + "\" holds other characters than letters, digits and \"_\"";
    boolean useful = better.chars().anyMatch(Character::isLetterOrDigit);
    mender.report(SyntaxCode.BAD_ID, span, message, useful ? "write " + better : "write an id of ASCII letters, digits and \"_\"", span,
        useful ? better : null);
    mender.replace(RouteLexer.SYMBOL, end);
    return true;
  }

  /// `id *` or `id Name(`.
  private boolean missingColon(Token id) {
    boolean predicate = raw.type(1) == RouteLexer.STAR || raw.type(1) == RouteLexer.SYMBOL && raw.type(2) == RouteLexer.LPAREN;
    boolean words = raw.type(1) == RouteLexer.SYMBOL && !predicate;
    Token next = raw.peek(1);
    if (next.getType() == RouteLexer.STRAY && raw.at(next.getStartIndex()) == '=') {
      mender.pass();
      mender.report(SyntaxCode.BAD_ID, Mender.span(next), "unexpected \"=\" behind route id \"" + mender.text(id) + '"',
          "write a colon", Mender.span(next), ":");
      mender.replace(RouteLexer.COLON, next.getStopIndex() + 1);
      return true;
    }
    if (words || raw.type(1) == RouteLexer.SEMI || raw.type(1) == Token.EOF) {
      mender.report(SyntaxCode.UNEXPECTED, Mender.span(id), "unexpected \"" + mender.text(id) + "\" where a route belongs",
          "write a route like this: id: Path(\"/a\") -> \"http://host:8080\";");
      mender.skipRoute();
      return true;
    }
    if (predicate) {
      mender.pass();
      Span after = mender.afterPrevious();
      mender.report(SyntaxCode.BAD_ID, after, "missing \":\" behind route id \"" + mender.text(id) + '"', "write a colon behind the id",
          after, ":");
      mender.insert(RouteLexer.COLON);
    }
    return predicate;
  }

  private boolean firstPredicate() {
    Token token = raw.peek(0);
    Span span = Mender.span(token);
    return switch (token.getType()) {
      case RouteLexer.SEMI, Token.EOF -> !mender.atRouteStart() && mender.readsRoutes() && emptyRoute();
      case RouteLexer.ARROW, RouteLexer.OTHER_ARROW -> {
        mender.report(SyntaxCode.MISSING_PREDICATE, span, "missing predicate before \"" + mender.text(token) + '"',
            "write \"*\" to match every request", new Span(span.start(), span.start()), "* ");
        mender.insert(RouteLexer.STAR);
        yield true;
      }
      case RouteLexer.AND -> {
        mender.report(SyntaxCode.MISSING_PREDICATE, span, "missing predicate before \"&&\"", "remove the \"&&\"", span, "");
        raw.take();
        yield true;
      }
      case RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.SHUNT, RouteLexer.LOOPBACK, RouteLexer.DYNAMIC, RouteLexer.FORWARD,
          RouteLexer.LT -> mender.readsRoutes() && backendOnly(token, span);
      default -> false;
    };
  }

  private boolean emptyRoute() {
    mender.report(SyntaxCode.MISSING_PREDICATE, mender.afterPrevious(), "missing predicates and backend behind the id",
        "write a route like this: id: Path(\"/a\") -> \"http://host:8080\";");
    mender.insert(RouteLexer.STAR);
    mender.insert(RouteLexer.ARROW);
    mender.insert(RouteLexer.SHUNT);
    return true;
  }

  private boolean backendOnly(Token token, Span span) {
    if (token.getType() != RouteLexer.LT && !mender.routeEndsAt(1)) {
      return false;
    }
    mender.report(SyntaxCode.MISSING_PREDICATE, span, "missing predicate before the backend",
        "write \"* ->\" before it to match every request", new Span(span.start(), span.start()), "* -> ");
    mender.insert(RouteLexer.STAR);
    mender.insert(RouteLexer.ARROW);
    mender.pass();
    return true;
  }
}
