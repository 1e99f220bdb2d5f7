package dev.sluice.conformance;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.util.List;

/// What came of a case.
///
/// @param problems the differences; none when it passed
/// @param skipped why it was not run; empty when it was
record Result(CaseId id, List<String> problems, String skipped, long millis) {

  static Result skipped(CaseId id, String reason) {
    return new Result(id, List.of(), reason, 0);
  }

  boolean wasRun() {
    return skipped.isEmpty();
  }

  boolean passed() {
    return wasRun() && problems.isEmpty();
  }

  boolean failed() {
    return wasRun() && !problems.isEmpty();
  }

  /// The differences, the first eight.
  String report() {
    StringBuilder report = new StringBuilder(id.toString());
    problems.stream().limit(8).forEach(problem -> report.append("\n     ").append(problem));
    return report.toString();
  }
}
