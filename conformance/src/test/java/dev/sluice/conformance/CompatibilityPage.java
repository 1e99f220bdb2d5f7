package dev.sluice.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The page that lists where Sluice differs from Skipper: a text written by hand, and the reasons of the [Overlay].
final class CompatibilityPage {

  private CompatibilityPage() {}

  static String of(String writtenByHand, Overlay overlay) {
    StringBuilder page = new StringBuilder("""
        <!-- Generated from conformance/compatibility.md and conformance/overlay: change those, then run
             mvn -pl conformance -am test -Dtest=CompatibilityPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dconformance.docs=update -->

        """);
    page.append(writtenByHand.strip()).append("\n\n## Recorded cases with another expectation\n\n");
    if (overlay.entries().isEmpty()) {
      return page.append("None.\n").toString();
    }
    page.append("Behind each line, the cases of `conformance/cases` that show it.\n");
    byArea(overlay).forEach((area, casesByReason) -> {
      page.append("\n### ").append(area).append("\n\n");
      casesByReason.forEach((reason, cases) -> {
        List<String> quoted = cases.stream().map(name -> "`" + name + "`").toList();
        page.append("- ").append(reason).append(" (").append(String.join(", ", quoted)).append(")\n");
      });
    });
    return page.toString();
  }

  /// Area → reason → names of cases without the area.
  private static Map<String, Map<String, TreeSet<String>>> byArea(Overlay overlay) {
    Map<String, Map<String, TreeSet<String>>> byArea = new TreeMap<>();
    overlay.entries().forEach((name, entry) -> byArea
        .computeIfAbsent(entry.area(), area -> new TreeMap<>())
        .computeIfAbsent(entry.reason(), reason -> new TreeSet<>())
        .add(name.substring(entry.area().length() + 1)));
    return byArea;
  }
}
