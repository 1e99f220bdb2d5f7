package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Finds routes of one document with the same id. That is legal in the language: the last one wins, even when it is then refused
/// for
/// another reason. Whoever reads a document decides how bad that is.
public final class DuplicateIds {
  private DuplicateIds() {}

  /// One diagnostic for each route that repeats the id of an earlier one, with a label at the first.
  public static List<Diagnostic> find(SyntaxFile file, Severity severity) {
    var first = new HashMap<String, RouteNode>();
    var found = new ArrayList<Diagnostic>();
    for (RouteNode route : file.routes()) {
      RouteNode earlier = first.putIfAbsent(route.id(), route);
      if (earlier != null) {
        var label = new Diagnostic.Label(file.source(), earlier.idSpan(), "first here");
        found.add(new Diagnostic(SyntaxCode.REPEATED_ID, severity, file.source(), route.idSpan(), route.id(),
            "repeated route id \"" + route.id() + '"', List.of(label), "rename one of them; the gateway uses only the last one", null));
      }
    }
    return found;
  }
}
