package dev.sluice.cli.gwctl;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Surroundings;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.declare.CatalogEntry.Kind;
import dev.sluice.routes.declare.Parameter;
import dev.sluice.routes.declare.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `gwctl doc NAME-OR-CODE`: what a filter, predicate or algorithm does, or what a finding means.
final class DocCommand implements Command {
  @Override
  public List<String> names() {
    return List.of("doc", "describe");
  }

  @Override
  public CommandSpec spec() {
    return Options.spec("doc", "Explains a filter, a predicate, an algorithm, or the code of a finding. Alias: describe.")
        .addPositional(Options.paths("name such as setPath, or code such as GW2001; without one, all names are listed"));
  }

  @Override
  public int run(ParseResult args, Surroundings surroundings) throws UsageProblem {
    Catalog catalog = InstalledCatalog.load();
    List<String> names = Options.paths(args);
    if (names.isEmpty()) {
      surroundings.out().print(list(catalog));
    }
    for (String name : names) {
      surroundings.out().print(name.toUpperCase(Locale.ROOT).matches("GW[0-9]{4}")
          ? DiagnosticPages.page(name.toUpperCase(Locale.ROOT))
          : describe(catalog, name));
    }
    surroundings.out().flush();
    return ExitCodes.OK;
  }

  private static String list(Catalog catalog) {
    var text = new StringBuilder();
    for (CatalogEntry entry : catalog.entries()) {
      text.append("%-10s%-32s %s%n".formatted(word(entry.kind()), entry.name(), entry.summary()));
    }
    return text.toString();
  }

  private static String describe(Catalog catalog, String name) throws UsageProblem {
    var text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      CatalogEntry entry = catalog.find(kind, name);
      if (entry != null) {
        append(text, entry);
      }
    }
    if (text.isEmpty()) {
      throw UsageProblem.usage("nothing is called \"" + name + "\"", suggestion(catalog, name));
    }
    return text.toString();
  }

  private static String suggestion(Catalog catalog, String name) {
    var all = new ArrayList<String>();
    for (Kind kind : Kind.values()) {
      all.addAll(catalog.names(kind));
    }
    String near = Suggestions.closest(name, all);
    return near == null ? "list all names with gwctl doc" : "did you mean " + near + "?";
  }

  private static void append(StringBuilder text, CatalogEntry entry) {
    text.append(entry.signature()).append("   ").append(word(entry.kind())).append("\n  ").append(entry.summary()).append("\n");
    if (!entry.otherNames().isEmpty()) {
      text.append("  also: ").append(String.join(", ", entry.otherNames())).append('\n');
    }
    if (!entry.deprecatedNames().isEmpty()) {
      text.append("  older names: ").append(String.join(", ", entry.deprecatedNames())).append('\n');
    }
    for (Parameter parameter : entry.parameters()) {
      text.append("\n  %-12s %s%n  %-12s %s%s%n".formatted(
          parameter.signature(), parameter.summary(), "", parameter.type().expected(), parameter.optional() ? ", may be left out" : ""));
    }
    for (CatalogEntry.Example example : entry.examples()) {
      text.append("\n  example:\n").append(example.text().strip().indent(4));
      if (!example.request().isEmpty()) {
        text.append("  try ").append(example.request())
            .append(example.answer().isEmpty() ? "" : ": " + example.answer()).append('\n');
      }
    }
    text.append('\n');
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
