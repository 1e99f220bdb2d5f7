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

/// Where Sluice differs on purpose, the case, the reason and our expectation stand together, and nothing stale stays.
class OverlayTest {

  private static final RecordedCase CASE = new RecordedCase(new CaseId("a", "f.json", "x"), Json.object("""
      {"routes": "r: * -> \\"${B1}\\";", "steps": [
        {"request": {"target": "/1"}, "response": {"status": 200, "body": "B1"}, "ignore": ["Content-Type"]},
        {"request": {"target": "/2"}, "response": {"status": 500, "body": "no"}, "upstream": [], "ignore": ["Content-Type"]}]}"""));
  private static final RecordedCase REFUSED = new RecordedCase(new CaseId("a", "f.json", "refused"),
      Json.object("{\"routes\": \"r: * -> \\\"${B1}\\\";\", \"exit\": 1}"));

  @TempDir Path folder;

  private Overlay overlay(String text) throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/some.json"), text);
    return Overlay.read(folder, List.of(CASE, REFUSED));
  }

  private static List<String> problems(Overlay overlay, RecordedCase one) throws Exception {
    return new Lanes(overlay, new PassThrough(), id -> false).run(List.of(one)).get(0).problems();
  }

  @Test
  void membersOfAStepAreReplacedOrTakenAway() throws Exception {
    Overlay overlay = overlay("""
        {"f.json: x": {"reason": "why", "case": {"steps": {"2": {"response": {"status": 200, "body": "B1"}, "upstream": null}}}}}""");
    assertThat(problems(Overlay.none(), CASE)).isNotEmpty();
    assertThat(problems(overlay, CASE)).isEmpty();
    assertThat(overlay.expected(CASE).objects("steps").get(0)).isEqualTo(CASE.recorded().objects("steps").get(0));
    assertThat(overlay.expected(REFUSED)).isSameAs(REFUSED.recorded());
  }

  @Test
  void aCaseThatRefusesCanRunInstead() throws Exception {
    assertThat(problems(overlay("""
        {"f.json: refused": {"reason": "why", "case": {"exit": null, "steps": [{"request": {}, "response": {"status": 200, "body": "B1"},
          "ignore": ["content-type"]}]}}}"""), REFUSED)).isEmpty();
  }

  @Test
  void anEntryThatIsNotNeededFails() throws Exception {
    RecordedCase passing = new RecordedCase(CASE.id(), CASE.recorded().copy().with("steps", CASE.recorded().list("steps").subList(0, 1)));
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/some.json"), """
        {"f.json: x": {"reason": "why", "case": {"steps": {"1": {"at_most_ms": 9000}}}}}""");
    assertThat(problems(Overlay.read(folder, List.of(passing)), passing))
        .containsExactly("what was recorded passes as well: take the case out of conformance/overlay");
  }

  @Test
  void otherInputsUnknownCasesAndMissingReasonsAreRefused() {
    assertThatThrownBy(() -> overlay("{\"f.json: x\": {\"reason\": \"why\", \"case\": {\"routes\": \"r: *\"}}}"))
        .hasMessage("conformance/overlay: only expectations may differ, not what is started or sent: a/f.json: x");
    assertThatThrownBy(() -> overlay("{\"f.json: x\": {\"reason\": \"w\", \"case\": {\"steps\": {\"1\": {\"request\": {}}}}}}"))
        .hasMessageContaining("only expectations may differ");
    assertThatThrownBy(() -> overlay("{\"f.json: y\": {\"reason\": \"why\", \"case\": {\"exit\": 1}}}"))
        .hasMessage("conformance/overlay: there is no case a/f.json: y");
    assertThatThrownBy(() -> overlay("{\"f.json: x\": {\"reason\": \"\", \"case\": {\"exit\": 1}}}"))
        .hasMessage("conformance/overlay: give a \"reason\" and a \"case\": a/f.json: x");
  }

  @Test
  void thePageListsReasonsByAreaWithTheirCases() throws IOException {
    Overlay overlay = overlay("""
        {"f.json: x": {"reason": "why", "case": {"exit": 1}}, "f.json: refused": {"reason": "why", "case": {"exit": 0}}}""");
    assertThat(CompatibilityPage.of("# Title\n\ntext\n", overlay)).endsWith("""
        # Title

        text

        ## Recorded cases with another expectation

        Behind each line, the cases of `conformance/cases` that show it.

        ### a

        - why (`f.json: refused`, `f.json: x`)
        """);
  }
}
