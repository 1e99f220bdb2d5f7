package dev.sluice.grammar;

import org.antlr.v4.runtime.Token;

/// Slips between predicates and between filters: what joins them, their parentheses, a missing backend.
final class ChainMends implements Mender.Mend {
  private final Mender mender;
  private final RawTokens raw;
  /// A parenthesis around predicates was dropped; so will be the one that closes it.
  private boolean droppedOpening;

  ChainMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    if (mender.depth > 0 || mender.angle || BackendMends.endsBackend(mender)) {
      return false;
    }
    Token token = raw.peek(0);
    boolean afterCall = mender.previousType() == RouteLexer.RPAREN || mender.previousType() == RouteLexer.STAR;
    return switch (token.getType()) {
      case RouteLexer.SYMBOL -> nameWithDash(token) || (afterCall ? missingJoint(token) : missingParentheses());
      case RouteLexer.STAR -> star(token, afterCall);
      case RouteLexer.COMMA -> afterCall && comma(token);
      case RouteLexer.AND -> and(token);
      case RouteLexer.ARROW -> arrow(token);
      case RouteLexer.LPAREN -> parenthesis(token);
      case RouteLexer.RPAREN -> closing(token);
      case RouteLexer.SEMI, Token.EOF -> !mender.atRouteStart() && incomplete(mender);
      case RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.SHUNT, RouteLexer.LOOPBACK, RouteLexer.DYNAMIC, RouteLexer.FORWARD,
          RouteLexer.LT -> afterCall && mender.readsRoutes() && missingArrow("missing \"->\" before the backend");
      default -> false;
    };
  }

  /// Completes a route that ends too early, when all it lacks is its backend.
  static boolean incomplete(Mender mender) {
    int last = mender.previousType();
    boolean complete = last == RouteLexer.RPAREN || last == RouteLexer.STAR;
    if (!mender.readsRoutes() || !complete && last != RouteLexer.ARROW) {
      return false;
    }
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.MISSING_BACKEND, after, "missing backend at the end of the route",
        "end the route with a backend: " + (complete ? "-> " : "") + "\"http://host:8080\" or " + (complete ? "-> " : "") + "<shunt>");
    if (complete) {
      mender.insert(RouteLexer.ARROW);
    }
    mender.insert(RouteLexer.SHUNT);
    return true;
  }

  /// A name behind a predicate or filter.
  private boolean missingJoint(Token token) {
    String text = mender.text(token);
    if (!mender.arrowSeen && raw.type(1) != RouteLexer.LPAREN && text.matches("(?i)and|or")) {
      boolean and = text.equalsIgnoreCase("and");
      Span span = Mender.span(token);
      mender.report(SyntaxCode.WRONG_AND, span, "unexpected \"" + text + '"' + (and ? "" : ": the language has no \"or\""),
          and ? "join predicates by \"&&\"" : "write one route for each alternative", and ? span : null, and ? "&&" : null);
      mender.replace(RouteLexer.AND, span.end());
      return true;
    }
    if (mender.arrowSeen) {
      return missingArrow("missing \"->\" before \"" + text + '"');
    }
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.WRONG_AND, after, "missing \"&&\" before \"" + text + '"', "join predicates by \"&&\"", after, " &&");
    mender.insert(RouteLexer.AND);
    return true;
  }

  private boolean missingArrow(String message) {
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.WRONG_ARROW, after, message, "write \"->\" between them", after, " ->");
    mender.insert(RouteLexer.ARROW);
    return true;
  }

  /// `foo-bar()`
  private boolean nameWithDash(Token token) {
    int start = token.getStartIndex();
    int end = token.getStopIndex() + 1;
    while ((raw.at(end) == '-' || raw.at(end) == '.') && Character.isLetter(raw.at(end + 1))) {
      do {
        end++;
      } while (Character.isLetterOrDigit(raw.at(end)) || raw.at(end) == '_');
    }
    if (end == token.getStopIndex() + 1 || mender.readsRoutes() && raw.at(raw.skipBlanks(end)) != '(') {
      return false;
    }
    mender.report(SyntaxCode.UNEXPECTED, new Span(start, end),
        "name \"" + raw.text(start, Math.min(end, start + 80)) + "\" holds other characters than letters, digits and \"_\"",
        "use the name of a predicate or filter as its documentation writes it");
    mender.replace(RouteLexer.SYMBOL, end);
    return true;
  }

  /// A name without parentheses, as in `* -> flowId -> <shunt>` or `Path "/a" -> <shunt>`.
  private boolean missingParentheses() {
    if (raw.type(1) == RouteLexer.LPAREN || mender.beginsRoute()) {
      return false;
    }
    boolean literal = switch (raw.type(1)) {
      case RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.REGEXP, RouteLexer.NUMBER -> true;
      default -> false;
    };
    boolean joined = switch (raw.type(1)) {
      case RouteLexer.ARROW, RouteLexer.OTHER_ARROW, RouteLexer.AND, RouteLexer.OTHER_AND, RouteLexer.COMMA -> true;
      default -> false;
    };
    if (!literal && !joined && !(!mender.readsRoutes() && raw.type(1) == Token.EOF)) {
      return false;
    }
    String name = mender.text(raw.peek(0));
    mender.pass();
    Span after = mender.afterPrevious();
    if (literal) {
      mender.report(SyntaxCode.BAD_PARENTHESES, after, "missing parentheses around the arguments of \"" + name + '"',
          "write " + name + "(…)");
      mender.insert(RouteLexer.LPAREN);
      mender.argumentsWithoutParentheses = true;
    } else {
      mender.report(SyntaxCode.BAD_PARENTHESES, after, "missing parentheses behind \"" + name + '"', "write " + name + "()", after,
          "()");
      mender.insert(RouteLexer.LPAREN);
      mender.insert(RouteLexer.RPAREN);
    }
    return true;
  }

  private boolean star(Token token, boolean afterCall) {
    Span span = Mender.span(token);
    if (!mender.arrowSeen && raw.type(1) == RouteLexer.LPAREN && raw.type(2) == RouteLexer.RPAREN) {
      Span parentheses = new Span(raw.peek(1).getStartIndex(), raw.peek(2).getStopIndex() + 1);
      mender.pass();
      mender.report(SyntaxCode.BAD_PARENTHESES, parentheses, "unexpected parentheses behind \"*\"", "write * alone, or Any()",
          parentheses, "");
      raw.jump(parentheses.end());
      return true;
    }
    if (mender.arrowSeen) {
      mender.report(SyntaxCode.UNEXPECTED, span, "unexpected \"*\": it is a predicate, not a filter", "remove it");
      raw.take();
      if (raw.type(0) == RouteLexer.ARROW && mender.previousType() == RouteLexer.ARROW) {
        raw.take();
      }
      return true;
    }
    if (afterCall) {
      Span after = mender.afterPrevious();
      mender.report(SyntaxCode.WRONG_AND, after, "missing \"&&\" before \"*\"", "join predicates by \"&&\"", after, " &&");
      mender.insert(RouteLexer.AND);
    }
    return afterCall;
  }

  private boolean comma(Token token) {
    Span span = Mender.span(token);
    if (mender.arrowSeen) {
      mender.report(SyntaxCode.WRONG_ARROW, span, "unexpected \",\" between filters", "join filters by \"->\"", span, " ->");
      mender.replace(RouteLexer.ARROW, span.end());
    } else {
      mender.report(SyntaxCode.WRONG_AND, span, "unexpected \",\" between predicates", "join predicates by \"&&\"", span, " &&");
      mender.replace(RouteLexer.AND, span.end());
    }
    return true;
  }

  private boolean and(Token token) {
    Span span = Mender.span(token);
    boolean trailing = switch (raw.type(1)) {
      case RouteLexer.ARROW, RouteLexer.OTHER_ARROW, RouteLexer.AND, RouteLexer.OTHER_AND, RouteLexer.SEMI, Token.EOF -> true;
      default -> false;
    };
    if (mender.arrowSeen) {
      mender.report(SyntaxCode.WRONG_ARROW, span, "unexpected \"&&\" between filters", "join filters by \"->\"", span, "->");
      mender.replace(RouteLexer.ARROW, span.end());
      return true;
    }
    if (trailing) {
      mender.report(SyntaxCode.MISSING_PREDICATE, span, "missing predicate behind \"&&\"",
          "remove the \"&&\", or write a predicate behind it", span, "");
      raw.take();
    }
    return trailing;
  }

  private boolean arrow(Token token) {
    if (mender.previousType() != RouteLexer.ARROW) {
      return false;
    }
    Span span = Mender.span(token);
    mender.report(SyntaxCode.WRONG_ARROW, span, "unexpected \"->\" behind another \"->\"", "remove one of them", span, "");
    raw.take();
    return true;
  }

  /// Predicates cannot be grouped; both parentheses are dropped.
  private boolean parenthesis(Token token) {
    if (mender.previousType() == RouteLexer.SYMBOL) {
      return false;
    }
    Span span = Mender.span(token);
    boolean predicates = mender.beforePredicates() || mender.previousType() == RouteLexer.AND;
    mender.report(SyntaxCode.BAD_PARENTHESES, span,
        predicates ? "unexpected \"(\": predicates cannot be grouped" : "unexpected \"(\"",
        predicates ? "remove the parentheses; all predicates must match" : "remove it");
    raw.take();
    droppedOpening = true;
    return true;
  }

  private boolean closing(Token token) {
    Span span = Mender.span(token);
    raw.take();
    if (droppedOpening) {
      droppedOpening = false;
    } else {
      mender.report(SyntaxCode.BAD_PARENTHESES, span, "unexpected \")\"", "remove it", span, "");
    }
    return true;
  }
}
