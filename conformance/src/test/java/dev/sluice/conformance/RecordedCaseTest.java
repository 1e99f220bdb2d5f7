package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which cases run with the standard ports, and alone.
class RecordedCaseTest {

  private static List<String> files(Predicate<RecordedCase> which) throws IOException {
    return ModuleFiles.cases().stream().filter(which).map(one -> one.id().area() + "/" + one.id().file()).distinct().collect(Collectors.toList());
  }

  @Test
  void casesWithHashedOrSignedAddressesNeedTheStandardPorts() throws IOException {
    assertThat(files(RecordedCase::needsStandardPorts)).contains(
        "proxy/consistent-hash.json", "limits-and-clients/consistent-hash.json", "filters-special/auth-oidc.json",
        "aileron/lb-maglev.json", "aileron/lb-ring-hash.json", "aileron/lb-direct-hash.json");
    assertThat(ModuleFiles.cases().stream().filter(RecordedCase::needsStandardPorts)).hasSizeLessThan(120);
  }

  @Test
  void casesWithBoundsOnTimeRunAlone() throws IOException {
    assertThat(files(RecordedCase::isTimed)).contains("limits-and-clients/queues.json").doesNotContain("proxy/paths.json");
  }

  @Test
  void namesOfCasesAreTheirFileAndName() throws IOException {
    assertThat(ModuleFiles.cases()).hasSizeGreaterThan(1900).extracting(one -> one.id().toString())
        .doesNotHaveDuplicates()
        .contains("proxy/consistent-hash.json: header-key-2-endpoints");
  }
}
