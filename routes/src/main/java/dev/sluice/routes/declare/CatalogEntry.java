package dev.sluice.routes.declare;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known about one filter, predicate or balancing algorithm.
///
/// @param otherNames mean the same
/// @param deprecatedNames mean the same, and `check` names the current one
/// @param summary one line, no full stop
/// @param ignoresArguments arguments of any kind and number are accepted and ignored
/// @param lastOneCounts of several calls of this name in one route only the last one is kept
/// @param answers the filter answers every request itself: filters behind it never run
/// @param type the declared record
/// @param constructor its canonical constructor, accessible; null for a type that is not built from arguments
public record CatalogEntry(
    Kind kind,
    String name,
    List<String> otherNames,
    List<String> deprecatedNames,
    String summary,
    List<Parameter> parameters,
    List<Example> examples,
    boolean ignoresArguments,
    boolean lastOneCounts,
    boolean answers,
    Class<?> type,
    @Nullable Constructor<?> constructor) {

  public CatalogEntry {
    otherNames = List.copyOf(otherNames);
    deprecatedNames = List.copyOf(deprecatedNames);
    parameters = List.copyOf(parameters);
    examples = List.copyOf(examples);
  }

  /// The most that the weights of endpoints may be in all, for a balancing algorithm.
  public int mostWeight() {
    Declaration declaration = type.getAnnotation(Declaration.class);
    return declaration == null ? Integer.MAX_VALUE : declaration.mostWeight();
  }

  /// `ratelimit(maxHits, window, status?)`.
  public String signature() {
    return name + parameters.stream().map(Parameter::signature).collect(Collectors.joining(", ", "(", ")"));
  }

  public enum Kind {
    FILTER,
    PREDICATE,
    ALGORITHM
  }

  /// A complete route text.
  ///
  /// @param request to try, such as `GET /a`; empty when it is only checked
  /// @param answer the start of what comes back; empty when it is only checked
  public record Example(String text, String request, String answer) {}
}
