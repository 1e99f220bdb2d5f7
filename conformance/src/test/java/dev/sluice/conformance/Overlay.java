package dev.sluice.conformance;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The cases in which Sluice differs from the recordings on purpose: `conformance/overlay/AREA/NAME.json`.
///
/// A file is one object: `FILE.json: CASE` → `{"reason": …, "case": …}`. `reason` says what Skipper does, what Sluice does and
/// why; `case` has the members of the case that are different, each as a whole. Its `steps` may be an object instead: number of the
/// step, from 1, → the members of that step that are different. `null` takes a member away. Only expectations may differ, not
/// what is started and sent.
record Overlay(Map<String, Entry> entries) {

  /// @param area where the overlay file stands
  /// @param expected the whole case, with our expectation
  record Entry(String area, String reason, Members expected) {}

  private static final Set<String> EXPECTATIONS = Set.of(
      "about", "by_hand", "aileron", "exit", "stdout", "says", "says_not", "ignore", "match",
      "response", "upstream", "list", "set", "tally", "tally_bounds", "at_least_ms", "at_most_ms", "skip", "keep");

  static Overlay none() {
    return new Overlay(Map.of());
  }

  /// Reads the overlay files.
  ///
  /// @throws IllegalArgumentException when one names no case, or is not of the form above
  static Overlay read(Path folder, List<RecordedCase> cases) throws IOException {
    Map<String, RecordedCase> byName = cases.stream().collect(Collectors.toMap(one -> one.id().toString(), Function.identity()));
    Map<String, Entry> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        String area = folder.relativize(file).getName(0).toString();
        Json.object(Files.readString(file, StandardCharsets.UTF_8)).map().forEach((key, value) -> {
          String name = area + "/" + key;
          Optional<RecordedCase> one = Optional.ofNullable(byName.get(name));
          Entry entry = entry(area, name, Members.of(value),
              one.orElseThrow(() -> new IllegalArgumentException("conformance/overlay: there is no case " + name)));
          if (entries.put(name, entry) != null) {
            throw new IllegalArgumentException("conformance/overlay: twice: " + name);
          }
        });
      }
    }
    return new Overlay(entries);
  }

  private static Entry entry(String area, String name, Members entry, RecordedCase original) {
    String reason = entry.text("reason", "");
    if (reason.isBlank() || entry.object("case").map().isEmpty()) {
      throw new IllegalArgumentException("conformance/overlay: give a \"reason\" and a \"case\": " + name);
    }
    Members expected = apply(original.recorded(), entry.object("case"));
    boolean hadNoSteps = !original.recorded().has("steps") && expected.has("steps");
    Members sent = hadNoSteps ? without(expected, Set.of("steps")) : expected;
    if (!inputs(sent).equals(inputs(original.recorded()))) {
      throw new IllegalArgumentException(
          "conformance/overlay: only expectations may differ, not what is started or sent: " + name);
    }
    return new Entry(area, reason, expected);
  }

  private static Members apply(Members original, Members changes) {
    Members changed = original.copy();
    changes.map().forEach((name, value) -> {
      if (value == Json.NULL) {
        changed.map().remove(name);
      } else if (name.equals("steps") && value instanceof Map<?, ?>) {
        changed.with("steps", changedSteps(original, Members.of(value)));
      } else {
        changed.with(name, value);
      }
    });
    return changed;
  }

  private static List<Object> changedSteps(Members original, Members changes) {
    List<Object> steps = new ArrayList<>(original.list("steps"));
    changes.map().forEach((number, change) -> {
      int index = Integer.parseInt(number) - 1;
      steps.set(index, apply(Members.of(steps.get(index)), Members.of(change)).map());
    });
    return steps;
  }

  /// What a case starts and sends.
  private static Members inputs(Members recorded) {
    Members inputs = without(recorded, EXPECTATIONS);
    return recorded.has("steps")
        ? inputs.with("steps", recorded.objects("steps").stream().map(step -> without(step, EXPECTATIONS).map()).toList())
        : inputs;
  }

  private static Members without(Members object, Set<String> names) {
    Members rest = object.copy();
    rest.map().keySet().removeAll(names);
    return rest;
  }

  boolean has(CaseId id) {
    return entries.containsKey(id.toString());
  }

  /// The case with our expectation: as recorded, unless there is an entry.
  Members expected(RecordedCase one) {
    Entry entry = entries.get(one.id().toString());
    return entry == null ? one.recorded() : entry.expected;
  }
}
