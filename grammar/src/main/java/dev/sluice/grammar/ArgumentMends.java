package dev.sluice.grammar;

import org.antlr.v4.runtime.Token;

/// Slips between parentheses.
final class ArgumentMends implements Mender.Mend {
  private final Mender mender;
  private final RawTokens raw;

  ArgumentMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    if (mender.depth == 0) {
      return false;
    }
    Token token = raw.peek(0);
    return switch (token.getType()) {
      case RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.REGEXP, RouteLexer.NUMBER -> missingComma();
      case RouteLexer.COMMA -> comma(token);
      case RouteLexer.SYMBOL -> word(token);
      case RouteLexer.STAR -> isArgumentExpected() && bareWord(token.getStartIndex());
      case RouteLexer.LPAREN -> nestedParenthesis(token);
      case RouteLexer.RPAREN -> mender.argumentsWithoutParentheses && closeImplied();
      case RouteLexer.ARROW, RouteLexer.OTHER_ARROW, RouteLexer.AND, RouteLexer.OTHER_AND, RouteLexer.SEMI, RouteLexer.LT,
          RouteLexer.SHUNT, RouteLexer.LOOPBACK, RouteLexer.DYNAMIC, RouteLexer.FORWARD, Token.EOF -> close();
      default -> false;
    };
  }

  private boolean isArgumentExpected() {
    return mender.previousType() == RouteLexer.LPAREN || mender.previousType() == RouteLexer.COMMA;
  }

  private static boolean isLiteral(int type) {
    return type == RouteLexer.STRING || type == RouteLexer.BACKQUOTED || type == RouteLexer.REGEXP || type == RouteLexer.NUMBER;
  }

  private boolean missingComma() {
    if (!isLiteral(mender.previousType())) {
      return false;
    }
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.BAD_COMMA, after, "missing \",\" between arguments", "separate arguments by commas", after, ",");
    mender.insert(RouteLexer.COMMA);
    return true;
  }

  private boolean comma(Token token) {
    Span span = Mender.span(token);
    boolean last = raw.type(1) == RouteLexer.RPAREN;
    if (!isArgumentExpected() && !last) {
      return false;
    }
    String where = mender.previousType() == RouteLexer.LPAREN ? "before the first argument"
        : last ? "behind the last argument" : "behind another \",\"";
    mender.report(SyntaxCode.BAD_COMMA, span, "unexpected \",\" " + where, "remove it", span, "");
    raw.take();
    return true;
  }

  private boolean word(Token token) {
    int start = token.getStartIndex();
    if (!isArgumentExpected()) {
      return close();
    }
    boolean named = raw.type(1) == RouteLexer.COLON && isLiteral(raw.type(2))
        || raw.type(1) == RouteLexer.STRAY && raw.at(raw.peek(1).getStartIndex()) == '=';
    if (named) {
      Span span = new Span(start, raw.peek(1).getStopIndex() + 1);
      mender.report(SyntaxCode.BAD_ARGUMENT, span, "unexpected name of an argument: \"" + raw.text(span.start(), span.end()) + '"',
          "write the value alone; arguments are told apart by their order", span, "");
      raw.jump(span.end());
      return true;
    }
    if (mender.beginsRoute()) {
      return close();
    }
    return raw.type(1) == RouteLexer.LPAREN ? nestedCall(token) : bareWord(start);
  }

  private boolean nestedCall(Token name) {
    mender.report(SyntaxCode.BAD_ARGUMENT, Mender.span(name),
        "unexpected call \"" + mender.text(name) + "(…)\" as an argument",
        "use a string, a number or a regular expression");
    int open = 0;
    int end = name.getStopIndex() + 1;
    do {
      Token token = raw.take();
      open += token.getType() == RouteLexer.LPAREN ? 1 : token.getType() == RouteLexer.RPAREN ? -1 : 0;
      end = token.getStopIndex() + 1;
    } while (raw.type(0) != RouteLexer.SEMI && raw.type(0) != Token.EOF && (open > 0 || raw.type(0) == RouteLexer.LPAREN));
    raw.jump(end);
    mender.insert(RouteLexer.STRING);
    return true;
  }

  /// `f(true)`, `f(example.org)`.
  private boolean bareWord(int start) {
    int end = raw.runEnd(start, ",;()<>\"`'/&|");
    String text = raw.text(start, Math.min(end, start + 80));
    Span span = new Span(start, end);
    mender.report(SyntaxCode.BAD_ARGUMENT, span, "unexpected word \"" + text + "\" as an argument",
        "put it in quotes: \"" + text + '"', span, '"' + text + '"');
    mender.replace(RouteLexer.STRING, end);
    return true;
  }

  private boolean nestedParenthesis(Token token) {
    Span span = Mender.span(token);
    if (mender.previousType() == RouteLexer.LPAREN || mender.previousType() == RouteLexer.COMMA) {
      mender.report(SyntaxCode.BAD_PARENTHESES, span, "unexpected \"(\"", "remove it and its \")\"");
      raw.take();
      mender.depth++;
      return true;
    }
    return false;
  }

  private boolean closeImplied() {
    mender.argumentsWithoutParentheses = false;
    return false;
  }

  /// Closes what is open: the route goes on behind the arguments.
  private boolean close() {
    Span after = mender.afterPrevious();
    int next = raw.skipBlanks(after.end());
    if (isArgumentExpected() && raw.startsWith(next, "//") && raw.at(raw.skipBlanks(next + 2)) == ')') {
      Span slashes = new Span(next, next + 2);
      mender.report(SyntaxCode.UNCLOSED_LITERAL, slashes, "unexpected comment: \"//\" is no empty regular expression",
          "write \"\" for an empty one", slashes, "\"\"");
      raw.jump(slashes.end());
      mender.insert(RouteLexer.STRING);
      return true;
    }
    if (!mender.argumentsWithoutParentheses) {
      mender.report(SyntaxCode.BAD_PARENTHESES, after, "missing \")\" behind the arguments", "close the parenthesis", after, ")");
    }
    mender.argumentsWithoutParentheses = false;
    mender.depth = 1;
    mender.insert(RouteLexer.RPAREN);
    return true;
  }
}
