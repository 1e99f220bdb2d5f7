package dev.sluice.cli.flag;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a command line and the files it names come to.
///
/// @param help `-help` was among the flags; then nothing else counts
/// @param rest arguments that are no flags
/// @param environment the environment variables with those of `-env-file` over them
public record CommandLineFlags(
    GatewaySettings settings, boolean help, List<String> rest, Map<String, String> environment) {

  /// Reads flags and, if named, environment files and configuration file. The command line wins over the file, value by value; a flag that
  /// may be repeated and stands on the command line replaces the file's.
  ///
  /// @param file what a file name on the command line means
  /// @param warn takes one line for each flag that does nothing here, and for each unknown key
  public static CommandLineFlags read(
      List<String> args, Map<String, String> environment, Function<String, Path> file, Consumer<String> warn)
      throws FlagProblem {
    var line = FlagParser.split(args);
    if (line.help()) {
      return new CommandLineFlags(GatewaySettings.defaults(), true, line.rest(), environment);
    }
    var variables = new HashMap<>(environment);
    for (String name : texts(line, ProcessFlags.ENV_FILE)) {
      readVariables(file.apply(name), variables);
    }
    boolean expand = !texts(line, ProcessFlags.EXPAND_ENV).isEmpty()
        && FlagValues.parse(ProcessFlags.EXPAND_ENV, texts(line, ProcessFlags.EXPAND_ENV).getLast()).equals(true);
    var expansion = new FlagExpansion(expand, variables);
    var values = new LinkedHashMap<Flag<?>, Object>();
    for (String name : texts(line, ProcessFlags.CONFIG_FILE)) {
      values.clear();
      values.putAll(new ConfigFile(file.apply(expansion.expand(name)), expansion).read(warn));
    }
    values.putAll(values(line, expansion));
    values.keySet().forEach(flag -> warnAbout(flag, warn));
    var settings = GatewaySettings.defaults();
    for (var entry : values.entrySet()) {
      settings = with(settings, entry.getKey(), entry.getValue());
    }
    return new CommandLineFlags(settings.withEnvironment(variables), false, line.rest(), Map.copyOf(variables));
  }

  private static List<String> texts(FlagParser line, Flag<?> flag) {
    return line.uses().stream().filter(use -> use.flag().equals(flag)).map(FlagParser.Use::text).toList();
  }

  private static Map<Flag<?>, Object> values(FlagParser line, FlagExpansion expansion) throws FlagProblem {
    var values = new LinkedHashMap<Flag<?>, Object>();
    for (var use : line.uses()) {
      Object value = FlagValues.parse(use.flag(), expansion.expand(use.text()));
      if (use.flag().repeatable() && values.get(use.flag()) instanceof List<?> before) {
        var all = new ArrayList<Object>(before);
        all.addAll((List<?>) value);
        value = List.copyOf(all);
      }
      values.put(use.flag(), value);
    }
    return values;
  }

  private static void warnAbout(Flag<?> flag, Consumer<String> warn) {
    switch (flag.status()) {
      case BUILT -> {}
      case PLANNED -> warn.accept("flag -" + flag.name() + " has no effect: this feature is not built yet");
      case IGNORED -> warn.accept("flag -" + flag.name() + " has no effect: " + flag.note());
      case DEPRECATED -> warn.accept("flag -" + flag.name() + " is deprecated: " + flag.note());
    }
  }

  @SuppressWarnings("unchecked") // FlagValues makes values of the flag's kind, and the kind determines the type
  private static <T> GatewaySettings with(GatewaySettings settings, Flag<T> flag, Object value) {
    return settings.with(flag, (T) value);
  }

  private static void readVariables(Path file, Map<String, String> into) throws FlagProblem {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw FlagProblem.wrongSetting(
          "environment file " + file + " cannot be read: " + e.getMessage(), "name an existing file with -env-file");
    }
    int number = 0;
    for (String line : lines) {
      number++;
      int equals = line.indexOf('=');
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (equals < 1) {
        throw FlagProblem.wrongSetting(
            "environment file " + file + ", line " + number + ": no NAME=value", "write NAME=value, or # in front of a comment");
      }
      into.put(line.substring(0, equals).strip(), line.substring(equals + 1));
    }
  }
}
