package dev.sluice.grammar;

/// A half-open range of bytes in a [SourceText]: `start` inclusive, `end` exclusive, both counted from 0.
public record Span(int start, int end) {
  /// For nodes that were not read from a text (built by a tool, or read from JSON).
  public static final Span NONE = new Span(0, 0);

  /// @throws IllegalArgumentException when the range is negative or backwards
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  public int length() {
    return end - start;
  }

  /// The smallest span that covers both.
  public Span to(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }
}
