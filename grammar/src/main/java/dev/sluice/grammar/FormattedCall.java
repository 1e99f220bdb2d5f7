package dev.sluice.grammar;

import dev.sluice.grammar.CommentedTokens.Comment;
import java.util.ArrayList;
import java.util.List;

/// A predicate, filter or backend with the comments in and around it, ready to be laid out.
final class FormattedCall {
  static final int WIDTH = 100;
  private static final String INNER = "    ";

  /// An argument, endpoint or algorithm.
  record Part(List<Comment> before, String text, List<Comment> behind) {}

  final List<Comment> before = new ArrayList<>();
  final List<Comment> behind = new ArrayList<>();
  final List<Part> parts = new ArrayList<>();
  /// Own-line comments behind the last part.
  final List<Comment> last = new ArrayList<>();
  String open = "";
  String close = "";

  boolean hasInnerComments() {
    return !last.isEmpty() || parts.stream().anyMatch(part -> !part.before.isEmpty() || !part.behind.isEmpty());
  }

  boolean hasComments() {
    return hasInnerComments() || !before.isEmpty() || !behind.isEmpty();
  }

  String onOneLine() {
    var text = new StringBuilder(open);
    for (Part part : parts) {
      text.append(text.length() == open.length() ? "" : ", ").append(part.text);
    }
    return text.append(close).toString();
  }

  /// The text at the end of a line that is `column` wide already; further lines are indented.
  String text(int column) {
    String line = onOneLine();
    boolean tooLong = open.equals("<") && parts.size() > 1 && column + line.length() > WIDTH;
    return hasInnerComments() || tooLong ? onManyLines() : line;
  }

  private String onManyLines() {
    var out = new StringBuilder(open).append('\n');
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      part.before.forEach(comment -> out.append(INNER).append(comment.text()).append('\n'));
      out.append(INNER).append(part.text).append(i == parts.size() - 1 ? "" : ",");
      endLine(out, part.behind, INNER);
    }
    last.forEach(comment -> out.append(INNER).append(comment.text()).append('\n'));
    return out.append("  ").append(close).toString();
  }

  /// Ends a line with its comments: the first on the line, any further below it.
  static void endLine(StringBuilder out, List<Comment> comments, String indent) {
    for (int i = 0; i < comments.size(); i++) {
      out.append(i == 0 ? " " : indent).append(comments.get(i).text()).append('\n');
    }
    if (comments.isEmpty()) {
      out.append('\n');
    }
  }
}
