package dev.sluice.routes.declare;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The reference pages of filters and predicates, in Markdown, from the catalog.
public final class ReferencePages {
  private ReferencePages() {}

  /// The page of one kind.
  ///
  /// @param details text that belongs to an entry, by its name; empty for none. It is put behind the parameters
  public static String page(Catalog catalog, CatalogEntry.Kind kind, UnaryOperator<String> details) {
    List<CatalogEntry> entries = catalog.entries().stream().filter(entry -> entry.kind() == kind).toList();
    var page = new StringBuilder();
    page.append("# ").append(title(kind)).append("\n\nMade from the declarations in the code; do not edit. `gwctl doc NAME` shows the same.\n\n");
    page.append("| name | what it does |\n| --- | --- |\n");
    for (CatalogEntry entry : entries) {
      page.append("| [`").append(cell(entry.signature())).append("`](#").append(entry.name().toLowerCase(Locale.ROOT)).append(") | ")
          .append(cell(entry.summary())).append(" |\n");
    }
    entries.forEach(entry -> section(page, entry, details.apply(entry.name())));
    return page.toString();
  }

  private static String title(CatalogEntry.Kind kind) {
    return switch (kind) {
      case FILTER -> "Filters";
      case PREDICATE -> "Predicates";
      case ALGORITHM -> "Balancing algorithms";
    };
  }

  private static void section(StringBuilder page, CatalogEntry entry, String details) {
    page.append("\n## ").append(entry.name()).append("\n\n`").append(entry.signature()).append("`\n\n").append(entry.summary()).append(".\n");
    names(page, "The same", entry.otherNames());
    names(page, "Old name", entry.deprecatedNames());
    if (!entry.parameters().isEmpty()) {
      page.append("\n| parameter | type | what it is |\n| --- | --- | --- |\n");
      for (Parameter parameter : entry.parameters()) {
        page.append("| `").append(parameter.signature()).append("` | ").append(cell(type(parameter))).append(" | ")
            .append(cell(parameter.summary())).append(" |\n");
      }
    } else if (entry.ignoresArguments()) {
      page.append("\nArguments are ignored.\n");
    }
    if (!details.isBlank()) {
      page.append('\n').append(details.strip()).append('\n');
    }
    for (CatalogEntry.Example example : entry.examples()) {
      page.append("\n```gw\n").append(example.text().strip()).append("\n```\n");
    }
  }

  private static void names(StringBuilder page, String word, List<String> names) {
    if (!names.isEmpty()) {
      page.append('\n').append(word).append(": `").append(String.join("`, `", names)).append("`.\n");
    }
  }

  /// The type with what else is accepted.
  private static String type(Parameter parameter) {
    String label = parameter.type().label();
    return switch (label.equals("duration") ? parameter.bareNumber() : Arg.BareNumber.REFUSED) {
      case REFUSED -> label;
      case MILLISECONDS -> label + ", or milliseconds";
      case SECONDS -> label + ", or seconds";
      case NANOSECONDS -> label + ", or nanoseconds";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
