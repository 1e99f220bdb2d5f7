package dev.sluice.proxy.filter.body;

/// What a sed filter does when its buffer is full before a match is complete.
public enum Handling {
  /// Edits what there is and goes on.
  BEST_EFFORT("best-effort"),
  /// Breaks the body off.
  ABORT("abort");

  private final String word;

  Handling(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
