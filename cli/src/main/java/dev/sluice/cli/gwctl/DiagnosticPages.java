package dev.sluice.cli.gwctl;

import dev.sluice.grammar.DiagnosticCode;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.routes.check.CheckCode;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.declare.ArgumentCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// The pages of `docs/diagnostics`, which are in the jar.
final class DiagnosticPages {
  private DiagnosticPages() {}

  /// Every code that can be reported.
  static List<DiagnosticCode> codes() {
    return Stream.<DiagnosticCode[]>of(SyntaxCode.values(), ArgumentCode.values(), CheckCode.values(), RouteCode.values())
        .flatMap(Stream::of)
        .toList();
  }

  /// The page of a code, or its title when there is no page.
  static String page(String code) throws UsageProblem {
    try (InputStream page = DiagnosticPages.class.getResourceAsStream("/dev/sluice/diagnostics/" + code + ".md")) {
      if (page != null) {
        return new String(page.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return codes().stream()
        .filter(known -> known.code().equals(code))
        .findFirst()
        .map(known -> code + ": " + known.title() + "\n")
        .orElseThrow(() -> UsageProblem.usage("no finding has the code \"" + code + "\"", "copy it from the brackets behind a message"));
  }
}
