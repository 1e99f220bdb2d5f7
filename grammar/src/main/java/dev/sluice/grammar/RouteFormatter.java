package dev.sluice.grammar;

import dev.sluice.grammar.CommentedTokens.Comment;
import dev.sluice.grammar.CommentedTokens.Piece;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// Lays a route file out anew and keeps everything that its author said: comments, the order of predicates, the form of literals.
///
/// ```
/// // a comment above its route
/// home: Path("/") -> <shunt>;
///
/// api: PathSubtree("/api") && Method("GET") // at the end of its line
///   -> setPath("/v2")
///   // above its filter
///   -> "https://api.example.org";
/// ```
///
/// - A route without filters stays on one line where that has room in 100 columns. Any other begins with its id and predicates;
/// each
///   filter and the backend stand on a line of their own, indented by two blanks.
/// - Predicates that have no room on the first line, or that are commented, stand one a line, as `  && Name()`.
/// - Endpoints that have no room on their line stand one a line, indented by four blanks; so do arguments with comments between
/// them.
/// - Between routes one empty line stays, more become one; none is added. Superfluous semicolons go, the last route gets one.
/// - Strings and regular expressions stay as written, numbers lose superfluous zeros.
/// - A comment stays at the end of its line, or above what it stood above.
///
/// Laying out a second time changes nothing.
public final class RouteFormatter {
  private final List<Piece> pieces;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private RouteFormatter(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /// The new text, or why there is none.
  ///
  /// @param text to be written by [RoutePrinter#toBytes]; empty when there is an error
  public record Result(String text, List<Diagnostic> diagnostics) {
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }

    public boolean ok() {
      return diagnostics.stream().noneMatch(Diagnostic::isError);
    }
  }

  public static Result format(SourceText source) {
    ParseResult parsed = RouteParser.parse(source);
    if (!parsed.ok()) {
      return new Result("", parsed.diagnostics());
    }
    var formatter = new RouteFormatter(CommentedTokens.of(source));
    formatter.file();
    return new Result(formatter.out.toString(), parsed.diagnostics());
  }

  private void file() {
    while (true) {
      boolean blank = false;
      var comments = new ArrayList<Comment>();
      while (type(0) == RouteLexer.SEMI) {
        blank |= pieces.get(at).afterBlank();
        comments.addAll(take().comments());
      }
      Piece next = pieces.get(at);
      comments.addAll(next.comments());
      boolean start = out.isEmpty();
      comments(comments);
      if (next.type() == Token.EOF) {
        return;
      }
      if (!start && (next.afterBlank() || blank && comments.isEmpty())) {
        out.append('\n');
      }
      route();
    }
  }

  /// Comments between routes; the first one may belong to the line above.
  private void comments(List<Comment> comments) {
    boolean first = true;
    for (Comment comment : comments) {
      if (first && comment.trailing() && !out.isEmpty()) {
        out.setLength(out.length() - 1);
        out.append(' ').append(comment.text()).append('\n');
      } else {
        out.append(comment.afterBlank() && !out.isEmpty() ? "\n" : "").append(comment.text()).append('\n');
      }
      first = false;
    }
  }

  private void route() {
    String id = "";
    var above = new ArrayList<Comment>();
    if (type(1) == RouteLexer.COLON) {
      id = take().text() + ": ";
      above.addAll(take().comments());
      above.addAll(pieces.get(at).comments());
    }
    var calls = new ArrayList<FormattedCall>();
    int predicates = 0;
    calls.add(call());
    calls.getFirst().before.clear();
    while (type(0) == RouteLexer.AND || type(0) == RouteLexer.ARROW) {
      predicates = predicates == 0 && type(0) == RouteLexer.ARROW ? calls.size() : predicates;
      var separator = new ArrayList<>(take().comments());
      separator.removeIf(comment -> comment.trailing() && calls.getLast().behind.add(comment));
      calls.add(call());
      calls.getLast().before.addAll(0, separator);
    }
    above.forEach(comment -> out.append(comment.text()).append('\n'));
    write(id, calls.subList(0, predicates), calls.subList(predicates, calls.size()));
  }

  private void write(String id, List<FormattedCall> predicates, List<FormattedCall> chain) {
    String end = id.isEmpty() ? "\n" : ";\n";
    String first = id + String.join(" && ", predicates.stream().map(FormattedCall::onOneLine).toList());
    String only = first + " -> " + chain.getFirst().onOneLine();
    boolean commented = predicates.stream().anyMatch(FormattedCall::hasComments) || chain.stream().anyMatch(FormattedCall::hasComments);
    if (chain.size() == 1 && !commented && only.length() < FormattedCall.WIDTH && only.indexOf('\n') < 0) {
      out.append(only).append(end);
      return;
    }
    predicates(id, first, predicates);
    for (FormattedCall call : chain) {
      line("  -> ", call, call == chain.getLast() ? end : "");
    }
  }

  private void predicates(String id, String oneLine, List<FormattedCall> predicates) {
    int last = predicates.size() - 1;
    boolean commented = predicates.stream().limit(last).anyMatch(FormattedCall::hasComments)
        || predicates.get(last).hasInnerComments() || !predicates.get(last).before.isEmpty();
    if (!commented && (last == 0 || oneLine.length() <= FormattedCall.WIDTH)) {
      out.append(oneLine);
      FormattedCall.endLine(out, predicates.get(last).behind, "  ");
      return;
    }
    for (int i = 0; i <= last; i++) {
      line(i == 0 ? id : "  && ", predicates.get(i), "");
    }
  }

  /// One call on a line of its own, with what stands above and behind it.
  private void line(String start, FormattedCall call, String end) {
    call.before.forEach(comment -> out.append("  ").append(comment.text()).append('\n'));
    out.append(start).append(call.text(start.length()));
    if (end.isEmpty()) {
      FormattedCall.endLine(out, call.behind, "  ");
    } else {
      out.append(end);
    }
  }

  private FormattedCall call() {
    var call = new FormattedCall();
    Piece first = take();
    call.before.addAll(first.comments());
    boolean brackets = first.type() == RouteLexer.LT;
    if (!brackets && type(0) != RouteLexer.LPAREN) {
      call.open = first.text();
      return call;
    }
    call.open = first.text();
    if (!brackets) {
      Piece parenthesis = take();
      call.before.addAll(parenthesis.comments());
      call.open += parenthesis.text();
    }
    parts(call, brackets ? RouteLexer.GT : RouteLexer.RPAREN);
    return call;
  }

  private void parts(FormattedCall call, int closing) {
    while (true) {
      Piece piece = take();
      var before = new ArrayList<Comment>();
      for (Comment comment : piece.comments()) {
        boolean behind = !call.parts.isEmpty() && (comment.trailing() || piece.type() == RouteLexer.COMMA);
        (behind ? call.parts.getLast().behind() : before).add(comment);
      }
      if (piece.type() == closing) {
        call.last.addAll(before);
        call.close = piece.text();
        return;
      }
      if (piece.type() != RouteLexer.COMMA) {
        call.parts.add(new FormattedCall.Part(before, piece.text(), new ArrayList<>()));
      }
    }
  }

  private int type(int ahead) {
    return pieces.get(Math.min(at + ahead, pieces.size() - 1)).type();
  }

  private Piece take() {
    return pieces.get(at++);
  }
}
