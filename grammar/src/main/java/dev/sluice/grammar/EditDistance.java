package dev.sluice.grammar;

/// How far two names are apart, for suggestions.
public final class EditDistance {
  private EditDistance() {}

  /// Number of letters to insert, remove, replace or swap with their neighbour.
  public static int between(String left, String right) {
    int[] beforeLast = new int[right.length() + 1];
    int[] last = new int[right.length() + 1];
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[right.length()];
  }

  /// True when one is most likely a misspelling of the other.
  public static boolean isSlip(String left, String right) {
    int limit = Math.max(1, Math.min(left.length(), right.length()) / 3);
    return Math.abs(left.length() - right.length()) <= limit && between(left, right) <= limit;
  }
}
