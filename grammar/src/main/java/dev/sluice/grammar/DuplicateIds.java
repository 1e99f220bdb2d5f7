package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Finds routes with the same id. That is legal in the language: the last one wins, even when it is then refused for another reason.
/// Whoever reads the texts decides how bad that is.
public final class DuplicateIds {
  private DuplicateIds() {}

  /// One diagnostic for each route that repeats the id of an earlier one, with a label at the first. Routes without id, one in a text,
  /// repeat none.
  ///
  /// @param files texts that are read as one, in order
  public static List<Diagnostic> find(List<SyntaxFile> files, Severity severity) {
    var first = HashMap.<String, Diagnostic.Label>newHashMap(files.stream().mapToInt(file -> file.routes().size()).sum());
    var found = new ArrayList<Diagnostic>();
    for (SyntaxFile file : files) {
      for (RouteNode route : file.routes()) {
        var here = new Diagnostic.Label(file.source(), route.idSpan(), "first here");
        var earlier = route.id().isEmpty() ? null : first.putIfAbsent(route.id(), here);
        if (earlier != null) {
          found.add(new Diagnostic(SyntaxCode.REPEATED_ID, severity, file.source(), route.idSpan(), route.id(),
              "repeated route id \"" + route.id() + '"', List.of(earlier), "rename one of them; the gateway uses only the last one", null));
        }
      }
    }
    return found;
  }
}
