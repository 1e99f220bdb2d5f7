package dev.sluice.grammar;

import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Literals without an end, block comments, malformed numbers.
///
/// A missing quote turns a file inside out: the string runs on to the next quote, and what was meant as a string is read as
/// code. So a
/// literal is suspected when it never ends, or when the text right behind it cannot follow a literal; it is then cut where it
/// most
/// likely was meant to end (before `) ->`, before `, "`, at the end of the line), and reading goes on from there.
final class LiteralMends implements Mender.Mend {
  private final Mender mender;
  private final RawTokens raw;

  LiteralMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    Token token = raw.peek(0);
    int start = token.getStartIndex();
    return switch (token.getType()) {
      case RouteLexer.STRAY -> "\"`/".indexOf(raw.at(start)) >= 0 && (blockComment(start) || unclosed(start, raw.end()));
      case RouteLexer.REGEXP -> blockComment(start) || suspected(token);
      case RouteLexer.STRING, RouteLexer.BACKQUOTED -> suspected(token);
      case RouteLexer.BAD_NUMBER -> mender.depth > 0 && badNumber(start, token.getStopIndex() + 1);
      default -> false;
    };
  }

  /// `/* … */` where no regular expression may stand, or where one does not fit.
  private boolean blockComment(int start) {
    if (raw.at(start + 1) != '*') {
      return false;
    }
    int end = start + 2;
    while (end < raw.end() && !raw.startsWith(end, "*/")) {
      end++;
    }
    if (!raw.mayLexAgain(end - start)) {
      mender.stop(new Span(start, start + 1));
      return true;
    }
    boolean closed = end < raw.end();
    if (mender.depth > 0 && !(closed && "\"`/".indexOf(raw.at(raw.skipBlanks(end + 2))) >= 0)) {
      return false;
    }
    if (closed) {
      mender.report(SyntaxCode.WRONG_COMMENT, new Span(start, start + 2), "unexpected \"/*\": there are no block comments",
          "begin each line of the comment with \"//\"");
      raw.jump(end + 2);
    } else {
      mender.report(SyntaxCode.WRONG_COMMENT, new Span(start, start + 2),
          "unexpected \"/*\": there are no block comments, and this one has no end",
          "begin each line of the comment with \"//\"");
      raw.jump(raw.lineEnd(start));
    }
    return true;
  }

  private boolean suspected(Token token) {
    int start = token.getStartIndex();
    int end = token.getStopIndex() + 1;
    if (canFollow(start, end)) {
      return false;
    }
    if (!raw.holdsLineEnd(start, end) && guess(start, end) >= end - 1) {
      return false;
    }
    return unclosed(start, end);
  }

  /// True when the text behind a literal may stand there.
  private boolean canFollow(int start, int end) {
    int type = raw.type(1);
    int next = raw.peek(1).getStartIndex();
    return switch (type) {
      case RouteLexer.COMMA, RouteLexer.RPAREN, RouteLexer.SEMI, RouteLexer.GT, RouteLexer.COLON, RouteLexer.ARROW, RouteLexer.AND,
          Token.EOF -> true;
      default -> !raw.holdsLineEnd(start, end) && next > end && (type != RouteLexer.STRAY || raw.holdsLineEnd(end, next));
    };
  }

  private boolean unclosed(int start, int end) {
    if (!raw.mayLexAgain(end - start)) {
      mender.stop(new Span(start, start + 1));
      return true;
    }
    char delimiter = (char) raw.at(start);
    int guess = guess(start, end);
    int line = raw.nearLineEnd(start);
    int slash = delimiter == '/' ? openClass(start, Math.min(line, end)) : -1;
    Span span = new Span(start, Math.max(start + 1, guess));
    if (slash > 0) {
      mender.report(SyntaxCode.UNCLOSED_LITERAL, new Span(start, slash + 1), "regular expression with a \"[\" that is not closed",
          "close the class with \"]\", or write \"\\[\" for a bracket");
      mender.replace(RouteLexer.REGEXP, slash + 1);
      return true;
    }
    reportUnclosed(span, delimiter);
    mender.replace(delimiter == '/' ? RouteLexer.REGEXP : RouteLexer.STRING, span.end());
    return true;
  }

  private void reportUnclosed(Span span, char delimiter) {
    int end = span.end();
    String what = delimiter == '/' ? "regular expression without closing \"/\"" : "string without closing quote";
    boolean otherQuote =
        span.length() > 2 && delimiter != '/' && raw.at(end - 1) != delimiter && "\"`'".indexOf(raw.at(end - 1)) >= 0;
    boolean escaped = raw.at(end - 1) == delimiter && raw.at(end - 2) == '\\';
    if (delimiter == '/' && raw.at(end - 1) == '"' && span.length() > 1) {
      mender.report(SyntaxCode.UNCLOSED_LITERAL, span, "string without opening quote",
          "open it: \"" + raw.text(span.start(), Math.min(end, span.start() + 60)), new Span(span.start(), span.start()), "\"");
      return;
    }
    if (escaped) {
      mender.report(SyntaxCode.UNCLOSED_LITERAL, span, what + ": the backslash escapes the last one",
          "remove the backslash, or double it", new Span(end - 2, end - 1), "");
      return;
    }
    Span where = new Span(otherQuote ? end - 1 : end, end);
    String closed = raw.text(span.start(), Math.min(where.start(), span.start() + 60)) + delimiter;
    String help = span.length() < 60 ? "close it: " + closed : "close it at its end";
    mender.report(SyntaxCode.UNCLOSED_LITERAL, span, what, help, where, String.valueOf(delimiter));
  }

  /// Where the literal at `start` was most likely meant to end: an offset on its line.
  private int guess(int start, int end) {
    int line = raw.nearLineEnd(start);
    // Back quotes are what people put around several lines.
    int limit = raw.at(start) == '`' ? Math.min(end, start + RawTokens.NEAR) : Math.min(line, end);
    for (int i = start + 1; i < limit; i++) {
      int b = raw.at(i);
      if (b == '\\') {
        i++;
      } else if (mender.depth > 0 && (b == ')' && closesCall(i + 1) || b == ',' && startsArgument(i + 1))
          || mender.depth == 0 && (b == ';' || b == '>' || b == ',') && endsBackend(i)) {
        return i;
      }
    }
    limit = Math.min(line, end);
    while (limit > start + 1 && (raw.at(limit - 1) == ' ' || raw.at(limit - 1) == ';')) {
      limit--;
    }
    return limit;
  }

  private boolean closesCall(int at) {
    int i = raw.skipBlanks(at);
    return raw.startsWith(i, "->") || raw.startsWith(i, "=>") || raw.startsWith(i, "&&") || raw.at(i) == ';' || i >= raw.nearLineEnd(at);
  }

  private boolean startsArgument(int at) {
    int b = raw.at(raw.skipBlanks(at));
    return b == '"' || b == '`' || b == '/';
  }

  private boolean endsBackend(int at) {
    return switch (raw.at(at)) {
      case '>' -> mender.angle && raw.skipBlanks(raw.at(at + 1) == ';' ? at + 2 : at + 1) >= raw.nearLineEnd(at);
      case ',' -> mender.angle && startsArgument(at + 1);
      default -> {
        int next = raw.skipBlanks(at + 1);
        yield next >= raw.nearLineEnd(at) || raw.at(raw.runEnd(next, ":")) == ':' || raw.startsWith(next, "//");
      }
    };
  }

  /// Offset of the slash that was meant to end a regular expression, when an open class hides it; else -1.
  private int openClass(int start, int limit) {
    boolean open = false;
    for (int i = start + 1; i < limit; i++) {
      int b = raw.at(i);
      if (b == '\\') {
        i++;
      } else if (b == '/' && open && (raw.at(i + 1) <= ' ' || raw.at(i + 1) == ')' || raw.at(i + 1) == ',')) {
        return i;
      } else if (b == '[' || b == ']') {
        open = b == '[';
      }
    }
    return -1;
  }

  private boolean badNumber(int start, int to) {
    int end = raw.runEnd(to, ",;()<>\"`'/&|");
    String text = raw.text(start, Math.min(end, start + 60));
    @Nullable String mended = NumberSlip.mended(text);
    Span span = new Span(start, end);
    if (mended != null) {
      mender.report(SyntaxCode.BAD_NUMBER, span, "malformed number \"" + text + '"', "write " + mended, span, mended);
    } else {
      mender.report(SyntaxCode.BAD_NUMBER, span, "malformed number \"" + text + '"', "write a string: \"" + text + '"', span,
          '"' + text + '"');
    }
    mender.replace(RouteLexer.STRING, end);
    return true;
  }
}
