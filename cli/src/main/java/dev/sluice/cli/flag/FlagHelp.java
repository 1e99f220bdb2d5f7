package dev.sluice.cli.flag;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.FlagGroup;
import dev.sluice.proxy.flag.Flags;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/// The flags as text: for `gateway -help`, and as the page `docs/flags.md`.
public final class FlagHelp {
  private FlagHelp() {}

  /// All flags by group, two lines each.
  public static String text() {
    var text = new StringBuilder("""
        usage: gateway [-routes PATH,…] [flags]

          gateway -routes routes/examples/hello.gw     run a file
          gateway -inline-routes 'r: * -> "http://127.0.0.1:8080";'

        Flags are written -name value, -name=value or --name value; a switch needs no value.
        Durations have units: 300ms, 1m30s. Every flag may stand in the file of -config-file, too.
        """);
    for (FlagGroup group : Flags.GROUPS) {
      text.append('\n').append(group.title()).append(":\n");
      for (Flag<?> flag : group.flags()) {
        text.append("  -").append(flag.name()).append(' ').append(shape(flag)).append('\n');
        text.append("        ").append(flag.summary()).append(defaultOf(flag)).append(remark(flag)).append('\n');
      }
    }
    return text.toString();
  }

  /// The reference page.
  public static String page() {
    var page = new StringBuilder("""
        # Flags of the gateway

        <!-- Generated from dev.sluice.proxy.flag; FlagsPageTest writes it with -Dgolden=update. -->

        A flag is written `-name value`, `-name=value` or `--name value`; a switch needs no value (`-name=false` turns it off).
        Durations have units (`300ms`, `1m30s`). Every flag may stand in the YAML file of `-config-file`, with its name as the
        key; the command line wins over the file, the file over the default. A wrong flag ends the gateway with status 2, a
        setting that cannot be followed with status 1.

        Flags of Skipper that mean nothing here are accepted, and warn once; they are listed at the end. So are flags whose
        feature is not built yet.
        """);
    for (FlagGroup group : Flags.GROUPS) {
      appendTable(page, group);
    }
    appendList(page, "Not built yet", "Using one of these warns; it has no effect.", Flag.Status.PLANNED);
    appendList(page, "Without meaning here", "Using one of these warns; it has no effect.", Flag.Status.IGNORED);
    return page.toString();
  }

  private static void appendTable(StringBuilder page, FlagGroup group) {
    var flags = group.flags().stream().filter(FlagHelp::works).toList();
    if (flags.isEmpty()) {
      return;
    }
    page.append("\n## ").append(group.title()).append("\n\n| flag | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (Flag<?> flag : flags) {
      page.append("| `-").append(flag.name()).append("` | ").append(shape(flag)).append(" | ")
          .append(value(flag.defaultValue()).isEmpty() ? "" : "`" + value(flag.defaultValue()) + "`").append(" | ")
          .append(cell(flag.summary() + remark(flag))).append(" |\n");
    }
  }

  private static void appendList(StringBuilder page, String title, String what, Flag.Status status) {
    page.append("\n## ").append(title).append("\n\n").append(what).append("\n\n| flag | default | meaning |\n| --- | --- | --- |\n");
    for (FlagGroup group : Flags.GROUPS) {
      for (Flag<?> flag : group.flags()) {
        if (flag.status() == status) {
          String value = value(flag.defaultValue());
          page.append("| `-").append(flag.name()).append("` | ").append(value.isEmpty() ? "" : "`" + value + "`").append(" | ")
              .append(cell(flag.summary() + (flag.note().isEmpty() ? "" : ": " + flag.note()))).append(" |\n");
        }
      }
    }
  }

  private static boolean works(Flag<?> flag) {
    return flag.status() == Flag.Status.BUILT || flag.status() == Flag.Status.DEPRECATED;
  }

  private static String shape(Flag<?> flag) {
    return switch (flag.kind()) {
      case SWITCH -> "";
      case TEXT -> "TEXT";
      case INTEGER, LONG, DECIMAL -> "NUMBER";
      case DURATION -> "DURATION";
      case MILLISECONDS -> "MILLISECONDS";
      case LIST, CHOICES -> "A,B,…";
      case REPEATED -> "TEXT …";
      case FILTERS -> "FILTERS …";
      case EDITS -> "/REGEXP/TEXT/ …";
      case MAP -> "K=V,…";
      case MAPS -> "K=V,… …";
      case YAML -> "YAML";
    };
  }

  private static String defaultOf(Flag<?> flag) {
    String value = value(flag.defaultValue());
    return value.isEmpty() ? "" : " (default " + value + ")";
  }

  private static String remark(Flag<?> flag) {
    return switch (flag.status()) {
      case BUILT -> "";
      case PLANNED -> " [not built yet]";
      case IGNORED -> " [no effect: " + flag.note() + "]";
      case DEPRECATED -> " [deprecated: " + flag.note() + "]";
    };
  }

  private static String value(Object value) {
    return switch (value) {
      case Boolean on -> on ? "true" : "";
      case Duration time -> duration(time);
      case Collection<?> values -> String.join(",", values.stream().map(String::valueOf).toList());
      case Map<?, ?> values -> values.isEmpty() ? "" : values.toString();
      default -> String.valueOf(value);
    };
  }

  private static String duration(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    return seconds >= 60 && seconds % 60 == 0 ? (seconds / 60) + "m" : seconds + "s";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("${", "`${").replace("}", "}`");
  }
}
