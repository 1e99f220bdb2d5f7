package dev.sluice.routes.model;

import dev.sluice.routes.spi.ArgumentProblem;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The argument of `Path` or `PathSubtree` taken apart: where in the path tree a route stands, and what its wildcards are called.
///
/// A segment that begins with `:` is a wildcard for one segment that is not empty; one that begins with `*`, last only, takes all
/// the rest, which is not empty. A subtree takes its root with or without a slash at the end, and all below it.
///
/// @param segments texts of the segments, null for a wildcard; the last one is empty when the path ends with a slash. Without the
///     free wildcard
/// @param form what is at the end
/// @param names of the wildcards in path order, then that of the rest; empty for a wildcard without a name, and for one whose
///     name is hidden by a later one: among equal names the first counts, but the rest goes before all
public record PathPattern(List<@Nullable String> segments, Form form, List<String> names) {
  /// How a pattern ends.
  public enum Form {
    /// The path ends with the last segment.
    EXACT,
    /// One or more bytes follow.
    FREE,
    /// Anything may follow on a segment border.
    SUBTREE
  }

  /// @throws ArgumentProblem for a pattern that could never match
  public static PathPattern of(String path, boolean subtree) {
    String[] parts = RequestPath.clean(path).substring(1).split("/", -1);
    String last = parts[parts.length - 1];
    String rest = last.startsWith("*") ? restName(last) : subtree ? "*" : null;
    boolean open = last.startsWith("*") || subtree && last.isEmpty();
    @Nullable String[] segments = Arrays.copyOf(parts, open ? parts.length - 1 : parts.length);
    String[] names = new String[segments.length + 1];
    int count = 0;
    for (int i = 0; i < segments.length; i++) {
      String segment = parts[i];
      if (segment.startsWith(":")) {
        names[count++] = segment.substring(1);
        segments[i] = null;
      } else {
        requireLiteral(segment);
      }
    }
    if (rest != null) {
      names[count++] = rest;
    }
    hide(names, count, rest != null);
    Form form = subtree ? Form.SUBTREE : rest != null ? Form.FREE : Form.EXACT;
    return new PathPattern(Arrays.asList(segments), form, List.of(Arrays.copyOf(names, count)));
  }

  private static String restName(String segment) {
    return segment.length() == 1 ? "*" : segment.substring(1);
  }

  private static void requireLiteral(String segment) {
    if (segment.startsWith("*")) {
      throw new ArgumentProblem(0, "free wildcard \"" + segment + "\" must be the last segment");
    }
    if (segment.indexOf(':') >= 0 || segment.indexOf('*') >= 0) {
      throw new ArgumentProblem(0, "a wildcard takes a whole segment, but \"" + segment + "\" has one inside");
    }
  }

  private static void hide(String[] names, int count, boolean rest) {
    for (int i = 0; i < count; i++) {
      boolean isRest = rest && i == count - 1;
      for (int j = 0; j < count && !isRest; j++) {
        boolean hides = j < i || rest && j == count - 1;
        if (hides && names[j].equals(names[i])) {
          names[i] = "";
        }
      }
    }
  }
}
