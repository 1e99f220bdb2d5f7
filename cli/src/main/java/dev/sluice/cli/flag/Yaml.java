package dev.sluice.cli.flag;

import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML mappings with text keys.
final class Yaml {
  private Yaml() {}

  /// The mapping in the text; empty for an empty text.
  ///
  /// @throws IllegalArgumentException with the place when the text is no such mapping
  static Map<String, Object> mapping(String text) {
    try {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
      return document == null ? Map.of() : mapping(document);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark()
          .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ")
          .orElse("");
      throw new IllegalArgumentException(place + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// @throws IllegalArgumentException when it is no mapping
  static Map<String, Object> mapping(Object node) {
    if (!(node instanceof Map<?, ?> entries)) {
      throw new IllegalArgumentException("must be a mapping of names to values");
    }
    var mapping = new LinkedHashMap<String, Object>();
    entries.forEach((key, value) -> mapping.put(String.valueOf(key), value == null ? "" : value));
    return mapping;
  }
}
