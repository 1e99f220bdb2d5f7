package dev.sluice.cli.gwctl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// Builds options that may be written with one dash or with two, and reads them.
final class Options {
  private Options() {}

  /// An option with a value.
  static OptionSpec text(String name, String label, String summary) {
    return OptionSpec.builder("-" + name, "--" + name)
        .type(String.class).arity("1").paramLabel(label).description(summary).build();
  }

  /// An option with a value out of a few.
  static OptionSpec choice(String name, List<String> choices, String summary) {
    return OptionSpec.builder("-" + name, "--" + name)
        .type(String.class).arity("1").paramLabel(String.join("|", choices)).completionCandidates(choices)
        .description(summary).build();
  }

  /// An option without value; `-name=false` turns it off.
  static OptionSpec onOff(String name, String summary) {
    return OptionSpec.builder("-" + name, "--" + name)
        .type(Boolean.class).arity("0..1").hideParamSyntax(true).description(summary).build();
  }

  /// An option with a value that may stand several times, under names with their dashes.
  static OptionSpec several(String label, String summary, String... names) {
    return OptionSpec.builder(names)
        .type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(label).description(summary).build();
  }

  /// Any number of file names.
  static PositionalParamSpec paths(String summary) {
    return PositionalParamSpec.builder()
        .type(List.class).auxiliaryTypes(String.class).arity("0..*").paramLabel("PATH").description(summary).build();
  }

  static CommandSpec spec(String name, String... summary) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(summary).abbreviateSynopsis(true).sortOptions(false).width(100);
    return spec;
  }

  static String text(ParseResult args, String name, String otherwise) {
    String value = args.matchedOptionValue("-" + name, (String) null);
    return value == null ? otherwise : value;
  }

  static @Nullable String text(ParseResult args, String name) {
    return args.matchedOptionValue("-" + name, (String) null);
  }

  /// All values of an option, in order.
  ///
  /// @param name with its dash
  static List<String> several(ParseResult args, String name) {
    return args.matchedOptionValue(name, List.of());
  }

  static boolean isOn(ParseResult args, String name) {
    return args.matchedOptionValue("-" + name, false);
  }

  static List<String> paths(ParseResult args) {
    return args.matchedPositionalValue(0, List.of());
  }
}
