package dev.sluice.conformance;

import dev.sluice.cli.RunningGateway;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;

/// The steps of a case that runs, one after the other.
///
/// @param longestWait bounds each wait for an answer, in milliseconds
record StepRun(RunFolder folder, CaseClient client, Received received, RunningGateway gateway, long longestWait) {

  /// Does what the step says and returns what was seen.
  Members run(Members step) throws IOException, InterruptedException {
    Thread.sleep(step.number("pause_ms", 0));
    for (Map.Entry<String, Object> file : step.object("write").map().entrySet()) {
      folder.write(file.getKey(), file.getValue());
    }
    for (String file : step.texts("remove")) {
      folder.remove(file);
    }
    if (step.has("signal")) {
      gateway.signal(step.text("signal"));
    }
    if (!step.has("request")) {
      return Members.empty();
    }
    received.restart();
    long began = System.nanoTime();
    Members request = folder.fill(step.object("request"));
    int wait = (int) Math.min(step.number("wait_ms", 10_000), longestWait);
    int times = (int) step.number("times", 1);
    List<Members> answers = times == 1
        ? List.of(client.exchange(request, wait))
        : new RepeatedRequest(client, request, times, wait).send(step);
    double elapsed = (System.nanoTime() - began) / 1e6;
    Thread.sleep(step.number("settle_ms", 20));
    Members seen = Members.empty().with("elapsed_ms", elapsed);
    if (times == 1) {
      save(step, answers.get(0));
      return seen.with("response", answers.get(0)).with("upstream", upstream(step.flag("any_order")));
    }
    return RepeatedRequest.collect(seen, answers, step.text("collect", "tally"));
  }

  private List<Object> upstream(boolean sorted) {
    List<Members> requests = received.all();
    return (sorted ? RepeatedRequest.sorted(requests) : requests).stream().<Object>map(Members::map).toList();
  }

  private void save(Members step, Members answer) {
    step.object("save").map().forEach((name, value) -> {
      List<String> source = Members.texts(value);
      List<String> texts = source.get(0).equals("body")
          ? List.of(answer.text("body", ""))
          : Field.values(answer.fields("headers"), source.get(0).toLowerCase(Locale.ROOT));
      folder.name(name, texts.stream()
          .map(Texts.whole(source.get(1))::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .findFirst()
          .orElse(""));
    });
  }
}
