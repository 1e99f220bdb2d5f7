package dev.sluice.cli.gwctl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The difference of two texts in the unified format of `diff -u`, which `patch` takes (POSIX.1-2024, "Diff -u Output Format").
///
/// Common lines at both ends are put aside; between them the shortest way from the one text to the other is searched for as Eugene Myers describes it in
/// "An O(ND) Difference Algorithm and Its Variations": along diagonals, with one more change in each round. Texts that differ in more than
/// [#MOST_CHANGES] lines there are not compared further; all of the one is then exchanged for all of the other, which is right, but not short.
final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_CHANGES = 2000;

  private final List<String> before;
  private final List<String> after;
  private final StringBuilder out = new StringBuilder();

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /// A change: the lines from `from` to `to` become those from `newFrom` to `newTo`, ends exclusive, counted from 0.
  private record Change(int from, int to, int newFrom, int newTo) {}

  /// The difference as bytes; nothing when there is none.
  ///
  /// @param name of both files
  static byte[] of(String name, byte[] before, byte[] after) {
    var diff = new UnifiedDiff(lines(before), lines(after));
    List<Change> changes = diff.changes();
    if (changes.isEmpty()) {
      return new byte[0];
    }
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    // A tab ends the name, which may hold blanks.
    String shown = new String(path, StandardCharsets.ISO_8859_1) + (name.indexOf(' ') >= 0 ? "\t" : "");
    diff.out.append("--- ").append(shown).append("\n+++ ").append(shown).append('\n');
    int first = 0;
    for (int i = 1; i <= changes.size(); i++) {
      if (i == changes.size() || changes.get(i).from - changes.get(i - 1).to > 2 * CONTEXT) {
        diff.hunk(changes.subList(first, i));
        first = i;
      }
    }
    return diff.out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Lines with their line feeds; a character for each byte, so that all bytes come through.
  private static List<String> lines(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    var lines = new ArrayList<String>();
    int start = 0;
    for (int end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', start) + 1) {
      lines.add(text.substring(start, end));
      start = end;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }

  private List<Change> changes() {
    int start = 0;
    int end = before.size();
    int newEnd = after.size();
    while (start < end && start < newEnd && before.get(start).equals(after.get(start))) {
      start++;
    }
    while (end > start && newEnd > start && before.get(end - 1).equals(after.get(newEnd - 1))) {
      end--;
      newEnd--;
    }
    return start == end && start == newEnd ? List.of() : between(start, end, newEnd);
  }

  /// Follows the furthest points on each diagonal `k = x - y`; their history leads back from the end.
  private List<Change> between(int start, int end, int newEnd) {
    int n = end - start;
    int m = newEnd - start;
    int most = Math.min(n + m, MOST_CHANGES);
    int[] furthest = new int[2 * most + 3];
    var history = new ArrayList<int[]>();
    for (int d = 0; d <= most; d++) {
      history.add(Arrays.copyOfRange(furthest, most + 1 - d - 1, most + 1 + d + 2));
      for (int k = -d; k <= d; k += 2) {
        int at = most + 1 + k;
        int x = k == -d || k != d && furthest[at - 1] < furthest[at + 1] ? furthest[at + 1] : furthest[at - 1] + 1;
        while (x < n && x - k < m && before.get(start + x).equals(after.get(start + x - k))) {
          x++;
        }
        furthest[at] = x;
        if (x >= n && x - k >= m) {
          return path(history, d, n, m, start);
        }
      }
    }
    return List.of(new Change(start, end, start, newEnd));
  }

  private static List<Change> path(List<int[]> history, int changes, int n, int m, int start) {
    var reversed = new ArrayList<Change>();
    int x = n;
    int y = m;
    for (int d = changes; d > 0; d--) {
      int[] furthest = history.get(d);
      int k = x - y;
      int at = d + 1 + k;
      boolean inserted = k == -d || k != d && furthest[at - 1] < furthest[at + 1];
      int fromX = inserted ? furthest[at + 1] : furthest[at - 1];
      int fromY = fromX - (inserted ? k + 1 : k - 1);
      var change = new Change(start + fromX, start + fromX + (inserted ? 0 : 1), start + fromY, start + fromY + (inserted ? 1 : 0));
      Change next = reversed.isEmpty() ? null : reversed.getLast();
      if (next != null && next.from == change.to && next.newFrom == change.newTo) {
        reversed.set(reversed.size() - 1, new Change(change.from, next.to, change.newFrom, next.newTo));
      } else {
        reversed.add(change);
      }
      x = fromX;
      y = fromY;
    }
    return reversed.reversed();
  }

  private void hunk(List<Change> changes) {
    Change first = changes.getFirst();
    Change last = changes.getLast();
    int lead = Math.min(CONTEXT, first.from);
    int trail = Math.min(CONTEXT, before.size() - last.to);
    out.append("@@ -").append(range(first.from - lead, last.to + trail))
        .append(" +").append(range(first.newFrom - lead, last.newTo + trail)).append(" @@\n");
    int at = first.from - lead;
    for (Change change : changes) {
      print(' ', before.subList(at, change.from));
      print('-', before.subList(change.from, change.to));
      print('+', after.subList(change.newFrom, change.newTo));
      at = change.to;
    }
    print(' ', before.subList(at, last.to + trail));
  }

  /// Lines from 1 and their number; an empty range names the line before it.
  private static String range(int from, int to) {
    int count = to - from;
    return (count == 0 ? from : from + 1) + (count == 1 ? "" : "," + count);
  }

  private void print(char sign, List<String> lines) {
    for (String line : lines) {
      out.append(sign).append(line);
      if (!line.endsWith("\n")) {
        out.append("\n\\ No newline at end of file\n");
      }
    }
  }
}
