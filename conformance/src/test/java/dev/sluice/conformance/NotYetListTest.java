package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The list of failing cases stays honest.
class NotYetListTest {

  private static final CaseId LISTED = new CaseId("a", "f.json", "listed");
  private static final CaseId CHANCE = new CaseId("a", "f.json", "chance");
  private static final CaseId OTHER = new CaseId("a", "f.json", "other");

  @TempDir Path folder;

  private NotYetList list(String text) throws IOException {
    return NotYetList.read(Files.writeString(folder.resolve("list"), text));
  }

  private NotYetList list() throws IOException {
    return list("# head\n\na/f.json: listed # why\n~ a/f.json: chance # luck\n");
  }

  private static Result result(CaseId id, String... problems) {
    return new Result(id, List.of(problems), "", 1);
  }

  @Test
  void aListedCaseMustFailAndAnyOtherMustPass() throws IOException {
    assertThat(list().objection(result(LISTED, "p"))).isEmpty();
    assertThat(list().objection(result(LISTED))).hasValueSatisfying(text ->
        assertThat(text).isEqualTo("a/f.json: listed passes: take its line off conformance/not-yet.txt (\"why\")"));
    assertThat(list().objection(result(OTHER))).isEmpty();
    assertThat(list().objection(result(OTHER, "p", "q"))).hasValue("a/f.json: other\n     p\n     q");
    assertThat(list().objection(Result.skipped(LISTED, "no etcd"))).isEmpty();
  }

  @Test
  void chanceMayGoEitherWay() throws IOException {
    assertThat(list().objection(result(CHANCE))).isEmpty();
    assertThat(list().objection(result(CHANCE, "p"))).isEmpty();
  }

  @Test
  void failuresThatAreListedCountAsSkipped() throws IOException {
    assertThat(list().excuse(result(LISTED, "p"))).hasValue("not yet: why");
    assertThat(list().excuse(result(CHANCE))).isEmpty();
    assertThat(list().excuse(Result.skipped(OTHER, "no etcd"))).hasValue("no etcd");
  }

  @Test
  void theListFollowsResults() throws IOException {
    CaseId later = new CaseId("a", "g.json", "not run");
    NotYetList before = list("a/f.json: listed # why\n~ a/f.json: chance # luck\na/g.json: not run # w\n");
    NotYetList after = before.updated(List.of(result(LISTED), result(CHANCE), result(OTHER, "p"), Result.skipped(later, "no etcd")));
    Path file = folder.resolve("written");
    after.write(file);
    assertThat(Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")))
        .containsExactly("~ a/f.json: chance # luck", "a/f.json: other # not built yet", "a/g.json: not run # w");
    assertThat(NotYetList.read(file)).isEqualTo(after);
  }

  @Test
  void linesWithoutAReasonOrTwiceAreRefused() {
    assertThatThrownBy(() -> list("a/f.json: listed\n")).hasMessage("list: give a reason after \" # \": a/f.json: listed");
    assertThatThrownBy(() -> list("a/f.json: x # 1\n~ a/f.json: x # 2\n")).hasMessage("list: listed twice: a/f.json: x");
  }

  @Test
  void summaryCountsByArea() throws IOException {
    List<Result> results = List.of(result(LISTED, "p"), result(CHANCE), result(new CaseId("b", "f.json", "x"), "p"), Result.skipped(OTHER, "s"));
    assertThat(new Summary(results, list()).text()).isEqualTo("""
        area                   passed   failed   listed  skipped
        a                           1        1        1        1
        b                           0        1        0        0
        all                         1        2        1        1
        left to chance: a/f.json: chance (passed)
        1 passed, 2 failed
        """);
  }
}
