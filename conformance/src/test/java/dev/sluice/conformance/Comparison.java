package dev.sluice.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares what a case expects with what was seen, and lists the differences.
final class Comparison {

  private static final int MANY = 300;

  private final Members recorded;
  private final List<String> problems = new ArrayList<>();

  private Comparison(Members recorded) {
    this.recorded = recorded;
  }

  /// The differences; none when the case passes.
  static List<String> of(Members recorded, Members seen) {
    Comparison comparison = new Comparison(recorded);
    if (recorded.has("tool") || recorded.has("exit")) {
      comparison.compareProgram(seen);
    } else if (seen.has("exit")) {
      comparison.problems.add("the gateway stopped with status %s: %s"
          .formatted(seen.get("exit"), show(Texts.tail(seen.text("log", ""), MANY))));
    } else {
      comparison.compareSteps(seen);
    }
    return comparison.problems;
  }

  private void compareProgram(Members seen) {
    String said = seen.text("stderr", "").isEmpty() ? seen.text("log", "") : seen.text("stderr");
    // Which status says "failed" is the program's choice.
    if (recorded.flag("exit") != seen.flag("exit")) {
      problems.add("exit status is %s, not %d: %s"
          .formatted(seen.get("exit"), recorded.number("exit", 0), show(Texts.tail(said, MANY))));
    }
    if (recorded.has("stdout") && !same(recorded.get("stdout"), seen.get("stdout"))) {
      problems.add("stdout is %s, not %s".formatted(show(seen.get("stdout")), show(recorded.get("stdout"))));
    }
    String printed = seen.text("stdout", "") + seen.text("stderr", "") + seen.text("log", "");
    compareSays(printed, said);
  }

  private void compareSays(String printed, String shown) {
    for (String pattern : recorded.texts("says")) {
      if (!Texts.printed(pattern).matcher(printed).find()) {
        problems.add("nothing printed matches %s: %s".formatted(show(pattern), show(Texts.tail(shown, MANY))));
      }
    }
  }

  private void compareSteps(Members seen) {
    String log = seen.text("log", "");
    compareSays(log, log);
    for (String pattern : recorded.texts("says_not")) {
      if (Texts.printed(pattern).matcher(log).find()) {
        problems.add("printed, but must not be: " + show(pattern));
      }
    }
    List<Members> steps = recorded.objects("steps");
    List<Members> got = seen.objects("steps");
    for (int i = 0; i < Math.min(steps.size(), got.size()); i++) {
      compareStep("step " + (i + 1), steps.get(i), got.get(i));
    }
  }

  private void compareStep(String where, Members step, Members got) {
    double elapsed = got.get("elapsed_ms") instanceof Number number ? number.doubleValue() : 0;
    if (step.get("at_least_ms") instanceof Number least && elapsed < least.doubleValue()) {
      problems.add("%s: took %.0f ms, not at least %s".formatted(where, elapsed, least));
    }
    if (step.get("at_most_ms") instanceof Number most && elapsed > most.doubleValue()) {
      problems.add("%s: took %.0f ms, not at most %s".formatted(where, elapsed, most));
    }
    for (String key : List.of("list", "set", "tally")) {
      if (step.has(key) && !same(step.get(key), got.get(key))) {
        problems.add("%s: %s is %s, not %s".formatted(where, key, show(got.get(key)), show(step.get(key))));
      }
    }
    compareBounds(where, step, got.object("tally"));
    if (step.has("response")) {
      new MessageComparison(where + " response", false, step).compare(step.object("response"), got.object("response"));
    }
    if (step.has("upstream")) {
      compareUpstream(where, step, got.objects("upstream"));
    }
  }

  private void compareBounds(String where, Members step, Members tally) {
    if (!step.has("tally_bounds")) {
      return;
    }
    Members bounds = step.object("tally_bounds");
    Set<String> labels = new TreeSet<>(bounds.map().keySet());
    labels.addAll(tally.map().keySet());
    for (String label : labels) {
      List<Object> bound = bounds.has(label) ? bounds.list(label) : List.of(0L, 0L);
      long low = ((Number) bound.get(0)).longValue();
      long high = ((Number) bound.get(1)).longValue();
      long count = tally.number(label, 0);
      if (count < low || count > high) {
        problems.add("%s: %d times %s, not %d to %d".formatted(where, count, show(label), low, high));
      }
    }
  }

  private void compareUpstream(String where, Members step, List<Members> have) {
    List<Members> want = step.objects("upstream");
    if (want.size() != have.size()) {
      problems.add("%s: the backends saw %d requests, not %d".formatted(where, have.size(), want.size()));
    }
    MessageComparison comparison = new MessageComparison(where + " upstream", true, step);
    for (int i = 0; i < Math.min(want.size(), have.size()); i++) {
      comparison.compare(want.get(i), have.get(i));
    }
  }

  /// Names in lower case, of the header fields that are left out by the case or the step.
  private Set<String> ignored(Members step) {
    Set<String> names = new HashSet<>();
    for (Collection<String> some : List.of(recorded.texts("ignore"), step.texts("ignore"))) {
      some.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  static boolean same(@Nullable Object one, @Nullable Object other) {
    return Objects.equals(one, other);
  }

  static String show(@Nullable Object value) {
    return value == null ? "missing" : Json.write(value);
  }

  /// Compares answers, or requests at the backends.
  private final class MessageComparison {

    private static final List<String> KEYS =
        List.of("closed", "no_answer", "cut", "status", "method", "target", "backend", "after_upgrade");

    private final String where;
    private final boolean upstream;
    private final Set<String> ignore;
    private final Patterns patterns;

    MessageComparison(String where, boolean upstream, Members step) {
      this.where = where;
      this.upstream = upstream;
      this.ignore = ignored(step);
      this.patterns = Patterns.of(recorded, step);
    }

    void compare(Members expected, Members seen) {
      for (String key : KEYS) {
        boolean matched = key.equals("target") && patterns.matches("target", seen.text("target", ""));
        if (!same(expected.get(key), seen.get(key)) && !matched) {
          problems.add("%s: %s is %s, not %s".formatted(where, key, show(seen.get(key)), show(expected.get(key))));
        }
      }
      compareBody(expected, seen);
      for (String difference : new HeaderComparison(ignore, patterns, upstream).compare(expected, seen)) {
        problems.add(where + ": " + difference);
      }
      if (!HeaderComparison.byName(expected, "trailers", Set.of()).equals(HeaderComparison.byName(seen, "trailers", Set.of()))) {
        problems.add("%s: trailers are %s, not %s".formatted(where, show(seen.get("trailers")), show(expected.get("trailers"))));
      }
    }

    private void compareBody(Members expected, Members seen) {
      String pattern = upstream ? "upstream_body" : "body";
      if (patterns.has(pattern)) {
        if (!patterns.matches(pattern, seen.text("body", ""))) {
          problems.add("%s: body %s does not match %s"
              .formatted(where, show(Texts.head(seen.text("body", ""), MANY)), patterns.of(pattern)));
        }
        return;
      }
      boolean ignored = !upstream && ignore.contains("body");
      if (expected.has("body") && !ignored && !same(expected.get("body"), seen.get("body"))) {
        problems.add("%s: body is %s, not %s".formatted(where,
            show(Texts.head(seen.text("body", ""), MANY)), show(Texts.head(expected.text("body"), MANY))));
      }
    }
  }
}
