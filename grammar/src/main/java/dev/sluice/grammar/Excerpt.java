package dev.sluice.grammar;

import java.util.List;

/// One line of a source with ranges marked below it. Of a line that is too long the part around the first range is shown.
final class Excerpt {
  private static final int BYTES_BEFORE = 60;
  private static final int BYTES_SHOWN = 120;

  /// A range on the line, drawn as a row of one character, at least one.
  record Mark(Span span, char with) {}

  /// @param text the line as shown
  /// @param marks the row below it
  record Drawn(String text, String marks) {}

  private Excerpt() {}

  static Drawn draw(SourceText source, int line, List<Mark> marks) {
    int start = source.lineStart(line);
    int end = source.lineEnd(line);
    int from = start;
    int to = end;
    if (end - start > BYTES_SHOWN) {
      from = boundary(source, Math.max(start, Math.min(marks.getFirst().span().start(), end) - BYTES_BEFORE), start);
      to = boundary(source, Math.min(end, from + BYTES_SHOWN), from);
    }
    var text = new StringBuilder(from > start ? "…" : "");
    var row = new StringBuilder(from > start ? " " : "");
    int offset = from;
    String part = ByteText.decode(source.bytes(), from, to);
    for (int i = 0; i < part.length(); ) {
      int code = part.codePointAt(i);
      text.append(Visible.of(code));
      row.append(String.valueOf(markAt(marks, offset, end)).repeat(Visible.width(code)));
      offset += byteCount(code);
      i += Character.charCount(code);
    }
    row.append(markAt(marks, to, end));
    return new Drawn(text.append(to < end ? "…" : "").toString().stripTrailing(), row.toString().stripTrailing());
  }

  /// A lone surrogate stands for one byte that is no UTF-8.
  private static int byteCount(int code) {
    if (Character.getType(code) == Character.SURROGATE || code < 0x80) {
      return 1;
    }
    return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }

  private static char markAt(List<Mark> marks, int offset, int lineEnd) {
    for (Mark mark : marks) {
      int start = Math.min(mark.span().start(), lineEnd);
      if (offset >= start && offset < Math.max(mark.span().end(), start + 1) && (offset < lineEnd || start == lineEnd)) {
        return mark.with();
      }
    }
    return ' ';
  }

  /// The beginning of the character that `offset` is in.
  private static int boundary(SourceText source, int offset, int start) {
    int i = offset;
    while (i > start && i < source.bytes().length && (source.bytes()[i] & 0xC0) == 0x80 && offset - i < 3) {
      i--;
    }
    return i;
  }
}
