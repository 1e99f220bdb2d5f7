package dev.sluice.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A named text with its line index. Positions are byte offsets; lines and columns are counted from 1, columns in characters
/// (code points) of the decoded line.
public final class SourceText {
  private final String name;
  private final byte[] bytes;
  private int[] lineStarts;
  /// Written by any thread that counts; each value is right by itself.
  private Mark mark = new Mark(0, 1);

  private SourceText(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.lineStarts = new int[0];
  }

  /// @param name shown in diagnostics: a path, or a description such as `-inline-routes`
  /// @param bytes taken over, not copied; the caller must not change them any more
  public static SourceText of(String name, byte[] bytes) {
    return new SourceText(name, bytes);
  }

  public static SourceText of(String name, String text) {
    return new SourceText(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public String name() {
    return name;
  }

  /// The text's own bytes, not a copy.
  public byte[] bytes() {
    return bytes;
  }

  /// Line number of a byte offset, from 1.
  public int line(int offset) {
    int at = Arrays.binarySearch(index(), offset);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /// Column of a byte offset in code points, from 1.
  public int column(int offset) {
    int start = index()[line(offset) - 1];
    int column = 1;
    Mark known = mark;
    if (known.offset >= start && known.offset <= offset) {
      start = known.offset;
      column = known.column;
    }
    for (int i = start; i < offset && i < bytes.length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    mark = new Mark(Math.min(offset, bytes.length), column);
    return column;
  }

  /// Where the last column was counted: a hundred diagnostics in one very long line cost one pass over it.
  private record Mark(int offset, int column) {}

  /// Offset of the first byte of a line.
  int lineStart(int line) {
    return index()[line - 1];
  }

  /// Offset behind the last byte of a line, without its line end.
  int lineEnd(int line) {
    int[] starts = index();
    int end = line < starts.length ? starts[line] - 1 : bytes.length;
    return end > starts[line - 1] && bytes[end - 1] == '\r' ? end - 1 : end;
  }

  /// Text of a line without its line end; undecodable bytes become U+FFFD.
  public String lineText(int line) {
    int start = lineStart(line);
    return new String(bytes, start, lineEnd(line) - start, StandardCharsets.UTF_8);
  }

  public int lineCount() {
    return index().length;
  }

  /// The bytes of a span as text.
  public String text(Span span) {
    return new String(bytes, span.start(), span.length(), StandardCharsets.UTF_8);
  }

  private synchronized int[] index() {
    if (lineStarts.length == 0) {
      int lines = 1;
      for (byte b : bytes) {
        if (b == '\n') {
          lines++;
        }
      }
      int[] starts = new int[lines];
      int line = 1;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          starts[line++] = i + 1;
        }
      }
      lineStarts = starts;
    }
    return lineStarts;
  }
}
