package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The files of this module.
final class ModuleFiles {

  static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  static final Path CASES = ROOT.resolve("cases");
  static final Path OVERLAY = ROOT.resolve("overlay");
  static final Path NOT_YET = ROOT.resolve("not-yet.txt");
  static final Path COMPATIBILITY = ROOT.resolve("compatibility.md");
  static final Path COMPATIBILITY_PAGE = ROOT.resolveSibling("docs").resolve("compatibility.md");

  private ModuleFiles() {}

  static List<RecordedCase> cases() throws IOException {
    return RecordedCase.all(CASES);
  }

  static Overlay overlay() throws IOException {
    return Overlay.read(OVERLAY, cases());
  }

  /// Writes a file of `target`.
  static void report(String name, String text) throws IOException {
    Path folder = Files.createDirectories(ROOT.resolve("target"));
    Files.writeString(folder.resolve(name), text);
  }
}
