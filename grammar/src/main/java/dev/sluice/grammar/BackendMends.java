package dev.sluice.grammar;

import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Slips where the backend belongs, inside its angle brackets, and behind it.
final class BackendMends implements Mender.Mend {
  private static final List<String> SPECIAL = List.of("shunt", "loopback", "dynamic", "forward");

  private final Mender mender;
  private final RawTokens raw;

  BackendMends(Mender mender) {
    this.mender = mender;
    this.raw = mender.raw;
  }

  @Override
  public boolean mend() {
    if (!mender.readsRoutes() || mender.depth > 0) {
      return false;
    }
    if (mender.angle) {
      return inside();
    }
    if (mender.arrowSeen && mender.previousType() == RouteLexer.ARROW) {
      return backend();
    }
    return endsBackend(mender) && behind();
  }

  /// True when the last token ended the backend of a route.
  static boolean endsBackend(Mender mender) {
    return mender.arrowSeen && mender.depth == 0 && !mender.angle && switch (mender.previousType()) {
      case RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.SHUNT, RouteLexer.LOOPBACK, RouteLexer.DYNAMIC, RouteLexer.FORWARD,
          RouteLexer.GT -> true;
      default -> false;
    };
  }

  private boolean backend() {
    Token token = raw.peek(0);
    int start = token.getStartIndex();
    return switch (token.getType()) {
      case RouteLexer.LT -> special(start);
      case RouteLexer.SYMBOL, RouteLexer.NUMBER, RouteLexer.BAD_NUMBER -> word(token);
      case RouteLexer.REGEXP -> wrong(Mender.span(token), "unexpected regular expression as a backend",
          "write the address in double quotes");
      default -> false;
    };
  }

  private boolean wrong(Span span, String message, String help) {
    mender.report(SyntaxCode.BAD_BACKEND, span, message, help);
    mender.replace(RouteLexer.SHUNT, span.end());
    return true;
  }

  /// `< shunt >`, `<Shunt>`, `<shunt`, `<nowhere>`, `<>`.
  private boolean special(int start) {
    if (raw.type(1) == RouteLexer.GT) {
      return wrong(new Span(start, raw.peek(1).getStopIndex() + 1), "backend without endpoints",
          "name at least one: <\"http://10.0.0.1:8080\">");
    }
    if (raw.type(1) != RouteLexer.SYMBOL) {
      return false;
    }
    String name = mender.text(raw.peek(1));
    @Nullable String meant = meant(name);
    boolean closed = raw.type(2) == RouteLexer.GT;
    int end = raw.peek(closed ? 2 : 1).getStopIndex() + 1;
    Span span = new Span(start, end);
    if (closed && meant == null) {
      return wrong(span, "unknown backend \"<" + name + ">\"",
          "write <shunt>, <loopback>, <dynamic>, <forward>, or endpoints: <" + name + ", \"http://10.0.0.1:8080\">");
    }
    if (meant == null || !closed && raw.type(2) == RouteLexer.COMMA) {
      return false;
    }
    String message = closed ? "unknown backend \"" + raw.text(start, end) + '"' : "missing \">\" behind \"" + raw.text(start, end) + '"';
    mender.report(SyntaxCode.BAD_BACKEND, span, message, "write <" + meant + '>', span, '<' + meant + '>');
    mender.replace(RouteLexer.SHUNT, end);
    return true;
  }

  private static @Nullable String meant(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SPECIAL.stream().filter(s -> s.equals(lower) || EditDistance.isSlip(lower, s)).findFirst().orElse(null);
  }

  /// `-> shunt;`, `-> 8080;`, `-> http://example.org;`, `-> oops;`: no call, and not in quotes.
  private boolean word(Token token) {
    int start = token.getStartIndex();
    switch (raw.type(1)) {
      case RouteLexer.LPAREN, RouteLexer.ARROW, RouteLexer.OTHER_ARROW, RouteLexer.STRING, RouteLexer.BACKQUOTED, RouteLexer.NUMBER -> {
        return false;
      }
      default -> {}
    }
    boolean url = raw.type(1) == RouteLexer.COLON;
    if (token.getType() == RouteLexer.SYMBOL && url && !raw.startsWith(raw.peek(1).getStopIndex() + 1, "//")) {
      return ChainMends.incomplete(mender);
    }
    int end = raw.runEnd(start, ";\"`<>");
    if (raw.at(end - 1) == ')') {
      return false;
    }
    Span span = new Span(start, end);
    String text = raw.text(start, Math.min(end, start + 80));
    if (token.getType() == RouteLexer.SYMBOL && SPECIAL.contains(text)) {
      mender.report(SyntaxCode.BAD_BACKEND, span, "unexpected word \"" + text + '"', "write <" + text + '>', span, '<' + text + '>');
    } else if (text.matches("\\d+")) {
      mender.report(SyntaxCode.BAD_BACKEND, span, "unexpected number as a backend",
          "write the address in quotes: \"http://127.0.0.1:" + text + '"');
    } else if (text.matches("\\w+")) {
      mender.report(SyntaxCode.MISSING_BACKEND, span, "unexpected \"" + text + "\": neither a filter nor a backend",
          "write " + text + "() for a filter, or the backend's address in quotes: \"http://host:8080\"");
    } else {
      mender.report(SyntaxCode.WRONG_QUOTES, span, "backend address without quotes", "write \"" + text + '"', span, '"' + text + '"');
    }
    mender.replace(RouteLexer.SHUNT, end);
    return true;
  }

  private boolean inside() {
    Token token = raw.peek(0);
    boolean afterEndpoint = mender.previousType() == RouteLexer.STRING || mender.previousType() == RouteLexer.BACKQUOTED;
    switch (token.getType()) {
      case RouteLexer.STRING, RouteLexer.BACKQUOTED -> {
        return (afterEndpoint || mender.previousType() == RouteLexer.SYMBOL) && missingComma();
      }
      case RouteLexer.COMMA -> {
        Span span = Mender.span(token);
        return raw.type(1) == RouteLexer.GT && afterEndpoint && drop(span, "unexpected \",\" behind the last endpoint");
      }
      case RouteLexer.NUMBER, RouteLexer.BAD_NUMBER, RouteLexer.REGEXP -> {
        return endpoint(token);
      }
      case RouteLexer.SYMBOL -> {
        return mender.beginsRoute() ? close() : mender.previousType() == RouteLexer.COMMA && endpoint(token);
      }
      case RouteLexer.SEMI, Token.EOF -> {
        return close();
      }
      default -> {
        return false;
      }
    }
  }

  private boolean missingComma() {
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.BAD_COMMA, after, "missing \",\" before the endpoint", "separate endpoints by commas", after, ",");
    mender.insert(RouteLexer.COMMA);
    return true;
  }

  private boolean drop(Span span, String message) {
    mender.report(SyntaxCode.BAD_COMMA, span, message, "remove it", span, "");
    raw.take();
    return true;
  }

  private boolean endpoint(Token token) {
    int end = token.getType() == RouteLexer.REGEXP ? token.getStopIndex() + 1 : raw.runEnd(token.getStartIndex(), ",;<>\"`");
    Span span = new Span(token.getStartIndex(), end);
    String text = raw.text(span.start(), Math.min(end, span.start() + 80));
    mender.report(SyntaxCode.BAD_BACKEND, span, "unexpected \"" + text + "\": an endpoint is a string",
        "write a URL in double quotes, like \"http://10.0.0.1:8080\"");
    // A regular expression stands in for a sound address: what is inside is not looked at any more.
    mender.replace(RouteLexer.LT, end);
    return true;
  }

  private boolean close() {
    Span after = mender.afterPrevious();
    mender.report(SyntaxCode.BAD_BACKEND, after, "missing \">\" behind the endpoints", "close the angle bracket", after, ">");
    mender.insert(RouteLexer.GT);
    return true;
  }

  /// Nothing but a semicolon may follow; what does is skipped to the end of the route.
  private boolean behind() {
    Token token = raw.peek(0);
    Span span = Mender.span(token);
    switch (token.getType()) {
      case RouteLexer.ARROW, RouteLexer.OTHER_ARROW -> mender.report(SyntaxCode.UNEXPECTED, span, "unexpected \"" + mender.text(token)
          + "\" behind the backend", "move filters before the backend, which ends the route");
      case RouteLexer.STAR, RouteLexer.SYMBOL -> mender.report(SyntaxCode.MISSING_SEMICOLON, mender.afterPrevious(),
          "missing \";\" behind the backend", "end each route with \";\", and begin the next one with its id",
          mender.afterPrevious(), ";");
      case RouteLexer.COMMA, RouteLexer.STRING, RouteLexer.BACKQUOTED -> mender.report(SyntaxCode.BAD_BACKEND, span,
          "unexpected " + (token.getType() == RouteLexer.COMMA ? "\",\"" : "string") + " behind the backend",
          "put several endpoints in angle brackets: <\"http://a:80\", \"http://b:80\">");
      default -> {
        return false;
      }
    }
    mender.skipRoute();
    return true;
  }
}
