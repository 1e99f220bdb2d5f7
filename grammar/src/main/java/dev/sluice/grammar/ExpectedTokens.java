package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/// What the parser does at an error that [Mender] had no word for: says what could stand at the furthest token reached, in the
/// words of
/// the language, and goes on at the next semicolon. Stays silent in a route for which an error was reported already.
final class ExpectedTokens extends DefaultErrorStrategy {
  private final Mender mender;
  private final IntervalSet expected = new IntervalSet();
  private int expectedAt = -1;
  private int routeStart;

  ExpectedTokens(Mender mender) {
    this.mender = mender;
  }

  @Override
  public void sync(Parser parser) {
    note(parser);
  }

  /// Collects what the states passed since the last token would accept: the parser leaves an optional part without a word, and
  /// only
  /// then finds that the next one does not fit.
  private void note(Parser parser) {
    if (expectedAt != parser.getInputStream().index()) {
      expectedAt = parser.getInputStream().index();
      expected.clear();
    }
    expected.addAll(parser.getExpectedTokens());
  }

  @Override
  public Token recoverInline(Parser parser) {
    note(parser);
    throw new InputMismatchException(parser);
  }

  @Override
  public void reportError(Parser parser, RecognitionException e) {
    note(parser);
    Token bad = parser.getCurrentToken();
    if (mender.stopped() || mender.reportedBetween(routeStart, Math.max(bad.getStopIndex(), bad.getStartIndex()))) {
      return;
    }
    boolean end = bad.getType() == Token.EOF;
    Span span = end ? mender.afterPrevious() : Mender.span(bad);
    String found = end ? "end of the text" : "\"" + mender.text(bad).replace("\n", "\\n") + '"';
    String names = names(expected);
    mender.report(SyntaxCode.UNEXPECTED, span, "unexpected " + found + (names.isEmpty() ? "" : ", expected " + names), null);
  }

  /// The rule gives up; its callers do the same until the list of routes takes over.
  @Override
  public void recover(Parser parser, RecognitionException e) {
    if (parser.getInputStream().LA(1) != RouteLexer.SEMI && parser.getInputStream().LA(1) != Token.EOF) {
      mender.skipRoute();
    }
    while (parser.getInputStream().LA(1) != RouteLexer.SEMI && parser.getInputStream().LA(1) != Token.EOF) {
      parser.consume();
    }
    routeStart = parser.getCurrentToken().getStartIndex();
    throw new GaveUp();
  }

  /// Leaves all rules of a route at once.
  static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    GaveUp() {
      super(null, null, false, false);
    }
  }

  private String names(IntervalSet tokens) {
    var names = new ArrayList<String>();
    var left = new IntervalSet(tokens);
    fold(left, names, "a backend", RouteLexer.STRING, RouteLexer.SHUNT, RouteLexer.LT);
    fold(left, names, "an argument", RouteLexer.NUMBER, RouteLexer.STRING, RouteLexer.REGEXP);
    fold(left, names, "a predicate", RouteLexer.STAR, RouteLexer.SYMBOL);
    for (int token : left.toList()) {
      String name = name(token, names);
      if (name != null && !names.contains(name)) {
        names.add(name);
      }
    }
    return join(names);
  }

  /// Replaces tokens that mean one thing together by its name.
  private static void fold(IntervalSet left, List<String> names, String name, int... tokens) {
    for (int token : tokens) {
      if (!left.contains(token)) {
        return;
      }
    }
    names.add(name);
    for (int token : tokens) {
      left.remove(token);
    }
    left.remove(RouteLexer.BACKQUOTED);
    if (name.equals("a backend")) {
      for (int token : new int[] {RouteLexer.LOOPBACK, RouteLexer.DYNAMIC, RouteLexer.FORWARD}) {
        left.remove(token);
      }
    }
  }

  private @Nullable String name(int token, List<String> names) {
    return switch (token) {
      case Token.EOF -> mender.readsRoutes() ? null : "the end of the text";
      case RouteLexer.BACKQUOTED -> null;
      case RouteLexer.SYMBOL -> names.contains("a backend") || mender.readsFilters() ? "a filter" : "a name";
      case RouteLexer.STRING -> "a string";
      case RouteLexer.NUMBER -> "a number";
      case RouteLexer.REGEXP -> "a regular expression";
      default -> RouteLexer.VOCABULARY.getLiteralName(token).replace('\'', '"');
    };
  }

  private static String join(List<String> names) {
    int last = names.size() - 1;
    return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
