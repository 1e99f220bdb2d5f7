package dev.sluice.routes.declare;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds what a misspelt name was meant to be.
public final class Suggestions {
  private Suggestions() {}

  /// The candidate with the smallest edit distance on lower-cased names (a swap of neighbours counts once), or null when none is near:
  /// at most a third of the name's length may differ, and at most 4. Among equals the first in the collection's order.
  public static @Nullable String closest(String name, Collection<String> candidates) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int best = Math.min(4, Math.max(1, wanted.length() / 3)) + 1;
    String found = null;
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), best);
      if (distance < best) {
        best = distance;
        found = candidate;
      }
    }
    return found;
  }

  /// Optimal string alignment distance; anything from `limit` on is as good as `limit`.
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        current[j] = swapped ? Math.min(least, before[j - 2] + 1) : least;
      }
      int[] free = before;
      before = previous;
      previous = current;
      current = free;
    }
    return previous[b.length()];
  }
}
