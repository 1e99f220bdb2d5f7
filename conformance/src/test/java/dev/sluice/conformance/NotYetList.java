package dev.sluice.conformance;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The cases that are known to fail: `conformance/not-yet.txt`.
///
/// A line is `AREA/FILE.json: NAME # REASON`. With `~ ` before it, chance or the machine's speed decides: the case may pass or
/// fail. Any other case must pass, and a listed one must fail.
record NotYetList(Map<String, Entry> entries) {

  record Entry(boolean chance, String reason) {}

  private static final String HEAD = """
      # Cases that fail today, one a line: AREA/FILE.json: NAME # REASON
      # A case that passes must not stand here. A line that begins with "~ " may pass or fail: only for chance or timing.
      # mvn -pl conformance -am test -Dconformance.list=update writes this file from what the cases do.
      """;

  static NotYetList read(Path file) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split(" # ", 2);
      if (parts.length < 2 || parts[1].isBlank()) {
        throw new IllegalArgumentException("%s: give a reason after \" # \": %s".formatted(file.getFileName(), line));
      }
      boolean chance = parts[0].startsWith("~ ");
      String name = (chance ? parts[0].substring(2) : parts[0]).strip();
      if (entries.put(name, new Entry(chance, parts[1].strip())) != null) {
        throw new IllegalArgumentException("%s: listed twice: %s".formatted(file.getFileName(), name));
      }
    }
    return new NotYetList(entries);
  }

  static NotYetList empty() {
    return new NotYetList(Map.of());
  }

  Optional<Entry> entry(CaseId id) {
    return Optional.ofNullable(entries.get(id.toString()));
  }

  /// The list as these results would have it; cases that were not run keep their line, and every line its reason.
  NotYetList updated(List<Result> results) {
    Map<String, Entry> updated = new TreeMap<>(entries);
    for (Result result : results) {
      String name = result.id().toString();
      boolean chance = entry(result.id()).map(Entry::chance).orElse(false);
      if (result.failed()) {
        updated.putIfAbsent(name, new Entry(false, "not built yet"));
      } else if (result.passed() && !chance) {
        updated.remove(name);
      }
    }
    return new NotYetList(updated);
  }

  void write(Path file) throws IOException {
    Files.writeString(file, entries.entrySet().stream()
        .map(entry -> "%s%s # %s\n".formatted(entry.getValue().chance ? "~ " : "", entry.getKey(), entry.getValue().reason))
        .collect(Collectors.joining("", HEAD, "")));
  }

  /// Names on the list that no case has.
  List<String> unknown(List<RecordedCase> cases) {
    List<String> unknown = new ArrayList<>(entries.keySet());
    unknown.removeAll(cases.stream().map(one -> one.id().toString()).collect(Collectors.toSet()));
    return unknown;
  }

  /// What is wrong with a result, given this list; empty when it is as it should be.
  Optional<String> objection(Result result) {
    Optional<Entry> entry = entry(result.id());
    if (!result.wasRun() || entry.map(Entry::chance).orElse(false) || result.failed() && entry.isPresent()) {
      return Optional.empty();
    }
    if (result.failed()) {
      return Optional.of(result.report());
    }
    return entry.map(listed ->
        "%s passes: take its line off conformance/not-yet.txt (\"%s\")".formatted(result.id(), listed.reason));
  }

  /// Why a result counts neither as passed nor as failed; empty when it counts.
  Optional<String> excuse(Result result) {
    if (!result.wasRun()) {
      return Optional.of(result.skipped());
    }
    return result.failed() ? entry(result.id()).map(listed -> "not yet: " + listed.reason) : Optional.empty();
  }

  Stream<String> chances() {
    return entries.entrySet().stream().filter(entry -> entry.getValue().chance).map(Map.Entry::getKey);
  }
}
