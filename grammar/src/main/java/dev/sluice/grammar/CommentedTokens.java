package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// The tokens of a sound text with the comments before each of them.
final class CommentedTokens {
  /// @param text with its slashes, without blanks at its end
  /// @param trailing stands on the line of the token before it
  /// @param afterBlank an empty line stands before it
  record Comment(String text, boolean trailing, boolean afterBlank) {}

  /// @param text as written; numbers in their printed form
  /// @param afterBlank an empty line stands before it, behind its comments
  record Piece(int type, String text, List<Comment> comments, boolean afterBlank) {}

  private final byte[] bytes;
  private final List<Piece> pieces = new ArrayList<>();

  private CommentedTokens(byte[] bytes) {
    this.bytes = bytes;
  }

  /// All tokens, the last one of type EOF.
  static List<Piece> of(SourceText source) {
    var tokens = new CommentedTokens(source.bytes());
    var lexer = new RouteLexer(new RouteBytes(source.bytes(), 0, source.bytes().length));
    int end = 0;
    Token token;
    do {
      token = lexer.nextToken();
      tokens.add(token, end);
      end = token.getStopIndex() + 1;
    } while (token.getType() != Token.EOF);
    return tokens.pieces;
  }

  /// Adds a token; the gap before it begins at `from` and holds white space and comments alone.
  private void add(Token token, int from) {
    var comments = new ArrayList<Comment>();
    int lines = 0;
    int end = token.getType() == Token.EOF ? bytes.length : token.getStartIndex();
    for (int i = from; i < end; i++) {
      if (bytes[i] == '\n') {
        lines++;
      } else if (bytes[i] == '/') {
        int stop = i;
        while (stop < end && bytes[stop] != '\n') {
          stop++;
        }
        boolean trailing = lines == 0 && from > 0 && comments.isEmpty();
        comments.add(new Comment(ByteText.decode(bytes, i, stop).stripTrailing(), trailing, lines > 1));
        lines = 0;
        i = stop - 1;
      }
    }
    pieces.add(new Piece(token.getType(), text(token), comments, lines > 1));
  }

  private String text(Token token) {
    int start = token.getStartIndex();
    return switch (token.getType()) {
      case Token.EOF -> "";
      case RouteLexer.NUMBER -> Numbers.text(Numbers.read(bytes, start, token.getStopIndex() + 1));
      default -> ByteText.decode(bytes, start, token.getStopIndex() + 1);
    };
  }
}
