package dev.sluice.grammar;

import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Slips of single characters: comments, quotes and operators of other languages, typographic characters, stray bytes.
final class CharacterMends implements Mender.Mend {
  private static final String OPENING_QUOTES = "“”„‟‘’‚‛«»‹›";
  private static final String ARROWS = "→⇒⟶➔➜";
  private static final String DASHES = "‐‑‒–—−";

  private final Mender mender;
  private final RawTokens raw;

  CharacterMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    Token token = raw.peek(0);
    return switch (token.getType()) {
      case RouteLexer.STRAY -> stray(token.getStartIndex());
      case RouteLexer.OTHER_ARROW -> otherArrow(token);
      case RouteLexer.OTHER_AND -> otherAnd(token);
      default -> false;
    };
  }

  private boolean otherArrow(Token token) {
    if (mender.depth > 0) {
      return false;
    }
    report(SyntaxCode.WRONG_ARROW, Mender.span(token), "unexpected \"" + mender.text(token) + '"', "write \"->\"", "->");
    mender.replace(RouteLexer.ARROW, token.getStopIndex() + 1);
    return true;
  }

  private boolean otherAnd(Token token) {
    if (mender.depth > 0) {
      return false;
    }
    if (mender.arrowSeen) {
      return generic(token.getStartIndex());
    }
    String text = mender.text(token);
    if (text.startsWith("|")) {
      mender.report(SyntaxCode.WRONG_AND, Mender.span(token), "unexpected \"" + text + "\": the language has no \"or\"",
          "write one route for each alternative");
    } else {
      report(SyntaxCode.WRONG_AND, Mender.span(token), "unexpected \"" + text + '"', "join predicates by \"&&\"", "&&");
    }
    mender.replace(RouteLexer.AND, token.getStopIndex() + 1);
    return true;
  }

  private boolean stray(int at) {
    int b = raw.at(at);
    if (b == '"' || b == '`' || b == '/') {
      return false;
    }
    if (b == '#') {
      return hashComment(at);
    }
    if (b == '-' && mender.depth > 0 && raw.type(1) == RouteLexer.NUMBER) {
      return minus(at, raw.peek(1));
    }
    if (b == '\'' || b == 0xC2 || b == 0xE2) {
      int code = codePoint(at);
      if (code == '\'' || OPENING_QUOTES.indexOf(code) >= 0) {
        return otherQuotes(at, code);
      }
      if (ARROWS.indexOf(code) >= 0 || DASHES.indexOf(code) >= 0 && raw.at(at + 3) == '>') {
        return typographicArrow(at, code);
      }
    }
    return b == '!' ? negation(at) : b == '[' && mender.depth > 0 ? list(at) : invisible(at) || generic(at);
  }

  private boolean hashComment(int at) {
    Span hash = new Span(at, at + 1);
    report(SyntaxCode.WRONG_COMMENT, hash, "unexpected \"#\"", "begin a comment with \"//\"", "//");
    raw.jump(raw.lineEnd(at));
    return true;
  }

  /// Single or typographic quotes around a text on one line.
  private boolean otherQuotes(int at, int code) {
    int first = at + length(code);
    int end = raw.nearLineEnd(at);
    int close = first;
    while (close < end && !closes(close, code)) {
      close++;
    }
    if (close == end) {
      return generic(at);
    }
    int after = close + length(codePoint(close));
    String content = raw.text(first, Math.min(close, first + 200)).replace("\"", "\\\"");
    String kind = code == '\'' ? "single" : "typographic";
    mender.report(SyntaxCode.WRONG_QUOTES, new Span(at, after), "string in " + kind + " quotes",
        "write it in double quotes" + (content.length() <= 40 ? ": \"" + content + '"' : ""),
        new Span(at, after), close - first <= 200 ? '"' + content + '"' : null);
    mender.replace(RouteLexer.STRING, after);
    return true;
  }

  private boolean closes(int at, int opening) {
    int b = raw.at(at);
    if (opening == '\'') {
      return b == '\'';
    }
    return b == '"' || (b == 0xC2 || b == 0xE2) && OPENING_QUOTES.indexOf(codePoint(at)) >= 0;
  }

  private boolean typographicArrow(int at, int code) {
    int end = at + length(code) + (ARROWS.indexOf(code) >= 0 ? 0 : 1);
    Span span = new Span(at, end);
    report(SyntaxCode.WRONG_ARROW, span, "unexpected \"" + raw.text(at, end) + '"', "write \"->\" with a plain hyphen", "->");
    mender.replace(RouteLexer.ARROW, end);
    return true;
  }

  private boolean minus(int at, Token number) {
    Span span = new Span(at, number.getStopIndex() + 1);
    report(SyntaxCode.BAD_NUMBER, span, "blank between the minus sign and its number", "write -" + mender.text(number),
        "-" + mender.text(number));
    mender.replace(RouteLexer.STRING, span.end());
    return true;
  }

  private boolean negation(int at) {
    mender.report(SyntaxCode.STRAY_CHARACTER, new Span(at, at + 1), "unexpected \"!\": the language has no \"not\"",
        "give the requests that are meant not to match a route of their own");
    raw.jump(at + 1);
    return true;
  }

  private boolean list(int at) {
    mender.report(SyntaxCode.BAD_ARGUMENT, new Span(at, at + 1), "unexpected \"[\": the language has no lists",
        "write the values as separate arguments, without brackets");
    raw.jump(at + 1);
    return true;
  }

  /// Characters that nobody sees: they are reported by name and read as a blank.
  private boolean invisible(int at) {
    int code = codePoint(at);
    boolean space = code > 0x7F && code <= 0xFFFF && UnicodeSpace.isSpace((char) code);
    if (!space && (code < 0x200B || code > 0x200F)) {
      return false;
    }
    String name = code == 0xFEFF ? "byte order mark" : code == 0xA0 ? "no-break space" : "invisible character " + codeName(code);
    Span span = new Span(at, at + length(code));
    report(SyntaxCode.STRAY_CHARACTER, span, "unexpected " + name,
        code == 0xFEFF ? "save the file as UTF-8 without a byte order mark" : "replace it by a plain blank",
        space && code != 0xFEFF ? " " : "");
    raw.jump(span.end());
    return true;
  }

  /// Anything else: a run of such characters is one finding.
  private boolean generic(int at) {
    if (raw.at(at) == ']' && mender.previousType() == RouteLexer.REGEXP && mender.previousEnd() == at) {
      return classEndedEarly(at);
    }
    boolean bracket = raw.at(at) == ']' && mender.depth > 0 && mender.reportedBetween(mender.routeStart(), at);
    int end = at;
    do {
      end++;
      while (raw.at(end) >= 0x80 && raw.at(end) != 0x85 && raw.at(end) != 0xA0 || (raw.at(end) & 0xC0) == 0x80 && raw.at(end) >= 0) {
        end++;
      }
      raw.jump(end);
    } while (raw.type(0) == RouteLexer.STRAY && raw.peek(0).getStartIndex() == end && "\"`/#'!".indexOf(raw.at(end)) < 0);
    if (!bracket) {
      report(SyntaxCode.STRAY_CHARACTER, new Span(at, end), "unexpected " + name(at, end), null, null);
    }
    return true;
  }

  /// `/[[:alpha:]/]/`
  private boolean classEndedEarly(int at) {
    Span span = new Span(at, at + 1);
    int slash = raw.runEnd(at, "/");
    mender.report(SyntaxCode.UNCLOSED_LITERAL, span, "unexpected \"]\": the regular expression ended before it",
        "write \"\\/\" for a slash; the first \"]\" ends a class, also behind [:alpha:]");
    raw.jump(raw.at(slash) == '/' ? slash + 1 : at + 1);
    return true;
  }

  private String name(int from, int to) {
    int code = codePoint(from);
    if (code < 0) {
      return "byte 0x" + Integer.toHexString(raw.at(from)).toUpperCase(Locale.ROOT) + ", which is no UTF-8";
    }
    if (code < ' ' || code == 0x7F) {
      return "control character " + codeName(code);
    }
    boolean one = to == from + length(code);
    return (one ? "character \"" : "characters \"") + raw.text(from, Math.min(to, from + 40)) + (to > from + 40 ? "…\"" : "\"");
  }

  private static String codeName(int code) {
    return String.format("U+%04X", code);
  }

  private void report(SyntaxCode code, Span span, String message, @Nullable String help,
      @Nullable String edit) {
    mender.report(code, span, message, help, span, edit);
  }

  /// The code point at an offset, or -1 when the bytes there are no UTF-8.
  private int codePoint(int at) {
    int b = raw.at(at);
    int length = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    String text = ByteText.decode(mender.source.bytes(), at, Math.min(at + length, raw.end()));
    int code = text.isEmpty() ? -1 : text.codePointAt(0);
    return code >= 0xDC80 && code <= 0xDCFF ? -1 : code;
  }

  private static int length(int code) {
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
}
