package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every recorded case, as a test of its own. `docs/conformance.md` tells about the system properties.
class ConformanceTest {

  private static final String LIST = System.getProperty("conformance.list", "");

  @TestFactory
  Stream<DynamicNode> recordedCases() throws IOException, InterruptedException {
    NotYetList before = LIST.equals("ignore") ? NotYetList.empty() : NotYetList.read(ModuleFiles.NOT_YET);
    Lanes lanes = new Lanes(ModuleFiles.overlay(), Programs.ofProperties(),
        id -> !LIST.equals("update") && before.entry(id).filter(entry -> !entry.chance()).isPresent());
    List<Result> results = lanes.run(chosen());
    NotYetList list = LIST.equals("update") ? before.updated(results) : before;
    if (LIST.equals("update")) {
      list.write(ModuleFiles.NOT_YET);
    }
    report(results, list);
    return containers(results, result -> result.id().area(), inArea ->
        containers(inArea, result -> result.id().file(), inFile -> inFile.stream().map(result -> test(result, list))));
  }

  @Test
  void notYetListNamesOnlyCasesThatExist() throws IOException {
    assertThat(NotYetList.read(ModuleFiles.NOT_YET).unknown(ModuleFiles.cases())).isEmpty();
  }

  /// The cases to run: all, or those that `conformance.area` and `conformance.only` leave.
  private static List<RecordedCase> chosen() throws IOException {
    Pattern only = Pattern.compile(System.getProperty("conformance.only", ""));
    List<String> areas = Stream.of(System.getProperty("conformance.area", "").split(",")).filter(area -> !area.isBlank()).toList();
    return ModuleFiles.cases().stream()
        .filter(one -> areas.isEmpty() || areas.contains(one.id().area()))
        .filter(one -> only.matcher(one.id().toString()).find())
        .toList();
  }

  private static void report(List<Result> results, NotYetList list) throws IOException {
    String summary = new Summary(results, list).text();
    System.out.print("\n" + summary);
    String failures = results.stream().filter(Result::failed).map(result -> result.report() + "\n").collect(Collectors.joining());
    ModuleFiles.report("conformance-failures.txt", failures);
    ModuleFiles.report("conformance.txt", results.stream()
        .sorted(Comparator.comparing(Result::millis).reversed())
        .limit(20)
        .map(result -> "%7d ms  %s\n".formatted(result.millis(), result.id()))
        .collect(Collectors.joining("", "slowest cases\n", "\n" + summary)));
  }

  private static Stream<DynamicNode> containers(
      List<Result> results, Function<Result, String> name, Function<List<Result>, Stream<DynamicNode>> content) {
    Map<String, List<Result>> byName = results.stream().collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
    return byName.entrySet().stream().map(group -> DynamicContainer.dynamicContainer(group.getKey(), content.apply(group.getValue())));
  }

  private static DynamicNode test(Result result, NotYetList list) {
    return DynamicTest.dynamicTest(result.id().name(), () -> {
      Optional<String> objection = list.objection(result);
      if (objection.isPresent()) {
        fail(objection.get());
      }
      list.excuse(result).ifPresent(reason -> abort(result.id() + ": " + reason));
    });
  }
}
