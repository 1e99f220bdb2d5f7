package dev.sluice.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A request that is sent several times, one after the other or all at once; `{i}` in it is the number of the turn.
record RepeatedRequest(CaseClient client, Members request, int times, int longestWait) {

  /// Sends it as the step says; the answers are in the order of the turns.
  List<Members> send(Members step) throws IOException, InterruptedException {
    if (step.flag("parallel")) {
      return sendAtOnce(step.number("parallel_gap_ms", 0));
    }
    List<Members> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      answers.add(client.exchange(turn(i), longestWait));
    }
    return answers;
  }

  private Members turn(int number) {
    return Members.of(Members.eachText(request, text -> text.replace("{i}", String.valueOf(number))));
  }

  private List<Members> sendAtOnce(long gap) throws IOException, InterruptedException {
    List<Future<Members>> turns = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        turns.add(threads.submit(() -> {
          Thread.sleep(gap * number);
          return client.exchange(turn(number), longestWait);
        }));
      }
    }
    List<Members> answers = new ArrayList<>();
    for (Future<Members> turn : turns) {
      try {
        answers.add(turn.get());
      } catch (ExecutionException e) {
        throw new CaseFailure("a request: " + e.getCause(), e.getCause());
      }
    }
    return answers;
  }

  /// Adds the answers, each as `STATUS BODY`, to what was seen: as `list`, `set` or `tally`.
  static Members collect(Members seen, List<Members> answers, String kind) {
    List<String> labels = answers.stream().map(RepeatedRequest::label).toList();
    return switch (kind) {
      case "list" -> seen.with("list", labels);
      case "set" -> seen.with("set", List.copyOf(new TreeSet<>(labels)));
      default -> {
        Map<String, Object> tally = new TreeMap<>();
        labels.forEach(label -> tally.merge(label, 1L, (one, other) -> (Long) one + (Long) other));
        yield seen.with("tally", tally);
      }
    };
  }

  private static String label(Members answer) {
    if (answer.has("closed")) {
      return "closed";
    }
    if (answer.has("no_answer")) {
      return "no answer";
    }
    return answer.number("status", 0) + " " + Texts.head(answer.text("body"), 40);
  }

  /// Requests that came in no fixed order, by backend, method, target and body.
  static List<Members> sorted(List<Members> requests) {
    return requests.stream()
        .sorted(Comparator.comparing((Members request) -> request.text("backend"))
            .thenComparing(request -> request.text("method"))
            .thenComparing(request -> request.text("target"))
            .thenComparing(request -> request.text("body")))
        .toList();
  }
}
