package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.RouteFormatter;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl fmt`: route files in their one layout, with comments and order kept.
final class FormatCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("fmt");
  }

  @Override
  public CommandSpec spec() {
    return RouteInputs.declare(Options.spec("fmt", "Lays route files out; keeps comments and order. Prints the result.")
        .addOption(Options.onOff("write", "change the files instead of printing"))
        .addOption(Options.onOff("check", "only name the files that would change, and end with status 1 if there are any"))
        .addOption(Options.onOff("diff", "print what would change as a unified diff, which patch takes, and end with status 1 if there is any")));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    boolean write = Options.isOn(args, "write");
    boolean check = Options.isOn(args, "check");
    boolean diff = Options.isOn(args, "diff");
    if (write && (Options.paths(args).isEmpty() || Options.paths(args).contains("-"))) {
      throw UsageProblem.usage("-write needs files", "name files or folders");
    }
    if (write && (check || diff)) {
      throw UsageProblem.usage("-write changes files, -" + (check ? "check" : "diff") + " does not", "leave one of them out");
    }
    List<SourceText> sources = RouteInputs.read(args, surroundings);
    if (sources.size() > 1 && !write && !check && !diff) {
      throw UsageProblem.usage("too many inputs to print: " + sources.size() + " files", "add -write to change them, -diff or -check to see which would change");
    }
    int status = ExitCodes.OK;
    for (SourceText source : sources) {
      var result = RouteFormatter.format(source);
      if (!result.ok()) {
        new Console(surroundings).show(result.diagnostics());
        status = ExitCodes.BAD_INPUT;
        continue;
      }
      byte[] formatted = RoutePrinter.toBytes(result.text());
      boolean changed = !Arrays.equals(formatted, source.bytes());
      if (!write && !check && !diff) {
        surroundings.out().write(formatted, 0, formatted.length);
      } else if (changed) {
        show(source, formatted, diff, surroundings);
        if (write) {
          replace(surroundings.file(source.name()), formatted);
        } else {
          status = Math.max(status, ExitCodes.FINDINGS);
        }
      }
    }
    surroundings.out().flush();
    return status;
  }

  private static void show(SourceText source, byte[] formatted, boolean diff, Surroundings surroundings) {
    if (diff) {
      byte[] text = UnifiedDiff.of(source.name(), source.bytes(), formatted);
      surroundings.out().write(text, 0, text.length);
    } else {
      surroundings.out().println(source.name());
    }
  }

  /// At once: a gateway that watches the file sees the old text or the new one. Links stay links.
  private static void replace(Path file, byte[] text) throws UsageProblem {
    try {
      Path real = file.toRealPath();
      Path next = Files.createTempFile(real.getParent(), ".", ".tmp");
      try {
        Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(real));
        Files.write(next, text);
        Files.move(next, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw UsageProblem.unreadable("\"" + file + "\" cannot be written: " + e.getMessage(), null);
    }
  }
}
