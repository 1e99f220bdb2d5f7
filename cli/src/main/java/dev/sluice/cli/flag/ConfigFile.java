package dev.sluice.cli.flag;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.Flags;
import dev.sluice.routes.declare.Suggestions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The YAML file of `-config-file`: flag names to values, lists and mappings in YAML's own form. Unknown keys warn.
final class ConfigFile {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("kubernetes-allowed-external-names", "kubernetes-allowed-external-name");
  private static final List<String> CLIENT_AUTH = List.of(
      "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert");
  private static final int LARGEST = 3 << 20;

  private final Path file;
  private final FlagExpansion expansion;

  ConfigFile(Path file, FlagExpansion expansion) {
    this.file = file;
    this.expansion = expansion;
  }

  /// @throws FlagProblem with exit status 1: naming the file, and the key where there is one
  Map<Flag<?>, Object> read(Consumer<String> warn) throws FlagProblem {
    var values = new LinkedHashMap<Flag<?>, Object>();
    for (var entry : mapping().entrySet()) {
      String key = OTHER_NAMES.getOrDefault(entry.getKey(), entry.getKey());
      Flag<?> flag = Flags.byName().get(key);
      if (flag == null) {
        String near = Suggestions.closest(key, Flags.byName().keySet());
        warn.accept(file + ": unknown key \"" + key + "\" is ignored" + (near == null ? "" : "; did you mean \"" + near + "\"?"));
      } else if (!entry.getValue().equals("") || flag.kind() == Flag.Kind.TEXT) {
        values.put(flag, value(flag, entry.getValue()));
      }
    }
    return values;
  }

  private Map<String, Object> mapping() throws FlagProblem {
    try {
      if (Files.size(file) > LARGEST) {
        throw problem("is larger than 3 MiB", null);
      }
      return Yaml.mapping(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw problem("no such file", "name an existing file with -config-file");
    } catch (IOException e) {
      throw problem("cannot be read: " + e.getMessage(), null);
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()), null);
    }
  }

  private Object value(Flag<?> flag, Object node) throws FlagProblem {
    try {
      return switch (flag.kind()) {
        case YAML -> node instanceof String text ? FlagValues.parse(flag, expansion.expand(text)) : Yaml.mapping(node);
        case MAP -> node instanceof Map<?, ?> ? pairs(flag, node) : scalar(flag, node);
        case MAPS -> maps(flag, node);
        case LIST -> node instanceof List<?> ? texts(node) : scalar(flag, node);
        case CHOICES -> node instanceof List<?> ? FlagValues.choices(flag, texts(node)) : scalar(flag, node);
        case REPEATED -> node instanceof Map<?, ?> ? List.of() : texts(node);
        case FILTERS, EDITS -> each(flag, texts(node));
        case SWITCH -> onOff(flag, node);
        case TEXT -> flag.name().equals("tls-client-auth") && node instanceof Integer number
            ? CLIENT_AUTH.get(number)
            : scalar(flag, node);
        case INTEGER, LONG, DECIMAL, DURATION, MILLISECONDS -> scalar(flag, node);
      };
    } catch (FlagProblem e) {
      throw problem(String.valueOf(e.getMessage()), e.help());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw problem(flag.name() + ": " + e.getMessage(), null);
    }
  }

  private Object scalar(Flag<?> flag, Object node) throws FlagProblem {
    if (node instanceof List<?> || node instanceof Map<?, ?>) {
      throw new IllegalArgumentException("must be a single value");
    }
    return FlagValues.parse(flag, expansion.expand(String.valueOf(node)));
  }

  /// YAML 1.1, which the files were written for, also has yes, no, on and off.
  private Object onOff(Flag<?> flag, Object node) throws FlagProblem {
    return switch (String.valueOf(node)) {
      case "yes", "Yes", "YES", "on", "On", "ON" -> true;
      case "no", "No", "NO", "off", "Off", "OFF" -> false;
      default -> scalar(flag, node);
    };
  }

  private List<String> texts(Object node) throws FlagProblem {
    var texts = new ArrayList<String>();
    for (Object element : node instanceof List<?> list ? list : List.of(node)) {
      texts.add(expansion.expand(String.valueOf(element)));
    }
    return texts;
  }

  private static List<Object> each(Flag<?> flag, List<String> texts) throws FlagProblem {
    var values = new ArrayList<Object>();
    for (String text : texts) {
      values.addAll((List<?>) FlagValues.parse(flag, text));
    }
    return values;
  }

  private List<Map<String, String>> maps(Flag<?> flag, Object node) throws FlagProblem {
    var maps = new ArrayList<Map<String, String>>();
    for (Object element : node instanceof List<?> list ? list : List.of(node)) {
      maps.add(pairs(flag, element));
    }
    return maps;
  }

  private Map<String, String> pairs(Flag<?> flag, Object node) throws FlagProblem {
    var pairs = new LinkedHashMap<String, String>();
    for (var entry : Yaml.mapping(node).entrySet()) {
      pairs.put(entry.getKey(), expansion.expand(String.valueOf(entry.getValue())));
    }
    return flag.kind() == Flag.Kind.MAPS ? FlagValues.checked(flag, pairs) : pairs;
  }

  private FlagProblem problem(String why, @Nullable String help) {
    return FlagProblem.wrongSetting("configuration file " + file + ": " + why, help);
  }
}
