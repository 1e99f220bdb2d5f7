package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// The lexer's tokens with a short look ahead, and the freedom to go on at another place.
///
/// Work is bounded: lexing a literal without end looks through the whole rest of the text, so going back after such a token is
/// counted,
/// and refused ([#mayLexAgain]) when it would cost more than a few times the length of the text.
final class RawTokens {
  /// How far a guess looks; without a bound, guesses in one very long line would cost its length each.
  static final int NEAR = 4096;

  private final byte[] bytes;
  private final int end;
  private final RouteBytes in;
  private final RouteLexer lexer;
  private final List<Token> ahead = new ArrayList<>();
  private long budget;

  RawTokens(byte[] bytes, Span range) {
    this.bytes = bytes;
    this.end = range.end();
    this.in = new RouteBytes(bytes, range.start(), end);
    this.lexer = new RouteLexer(in);
    this.lexer.removeErrorListeners();
    this.budget = 8L * end + 1_000_000;
  }

  Token peek(int k) {
    while (ahead.size() <= k) {
      Token token = lexer.nextToken();
      int start = token.getStartIndex();
      if (token.getType() == RouteLexer.STRAY && "\"`/".indexOf(bytes[start]) >= 0 && !mayLexAgain(end - start)) {
        in.seek(end);
        token = lexer.nextToken();
      }
      ahead.add(token);
    }
    return ahead.get(k);
  }

  /// True when the end of the text was reached early, because reading on would take too long.
  boolean isExhausted() {
    return budget < 0;
  }

  int type(int k) {
    return peek(k).getType();
  }

  Token take() {
    Token token = peek(0);
    ahead.removeFirst();
    return token;
  }

  /// Goes on at this offset; what was looked ahead is forgotten.
  void jump(int offset) {
    ahead.clear();
    lexer._hitEOF = false;
    in.seek(offset);
  }

  /// Counts `cost` bytes that were or will be read twice.
  boolean mayLexAgain(int cost) {
    budget -= cost;
    return budget >= 0;
  }

  int end() {
    return end;
  }

  /// The byte at an offset, 0 to 255, or -1 outside of the text.
  int at(int offset) {
    return offset >= 0 && offset < end ? bytes[offset] & 0xFF : -1;
  }

  boolean startsWith(int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at(offset + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  int skipBlanks(int offset) {
    int i = offset;
    while (at(i) == ' ' || at(i) == '\t') {
      i++;
    }
    return i;
  }

  int lineEnd(int offset) {
    return lineEnd(offset, end);
  }

  /// As [#lineEnd(int)], but not further than [#NEAR] bytes away.
  int nearLineEnd(int offset) {
    return lineEnd(offset, near(offset));
  }

  private int lineEnd(int offset, int limit) {
    int i = offset;
    while (i < limit && bytes[i] != '\n') {
      i++;
    }
    return i > offset && bytes[i - 1] == '\r' ? i - 1 : i;
  }

  /// True when a line ends in this range.
  boolean holdsLineEnd(int from, int to) {
    return lineEnd(from, to) < to;
  }

  private int near(int offset) {
    return (int) Math.min(end, (long) offset + NEAR);
  }

  /// End of the run of bytes from `offset` on that are neither white space nor one of `stops`, not further than [#NEAR] bytes
  /// away.
  int runEnd(int offset, String stops) {
    int i = offset;
    int limit = near(offset);
    while (i < limit && (bytes[i] < 0 || bytes[i] > ' ' && stops.indexOf(bytes[i]) < 0)) {
      i++;
    }
    return i;
  }

  /// The text of a short range, bytes that are no UTF-8 replaced.
  String text(int from, int to) {
    return ByteText.replaceEscapes(ByteText.decode(bytes, from, Math.min(to, end)));
  }
}
