package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the two forms a document has: definitions with ids, or a single expression without id and without semicolons.
/// Watches the
/// routes go by and reports at the end where the two are mixed.
final class DocumentForm {
  private final List<Span> unnamed = new ArrayList<>();
  private int routes;
  private @Nullable Span semicolon;
  private boolean semicolonFirst;

  /// @param start where the route begins
  /// @param clean nothing else was reported for this route
  void route(Span start, boolean named, boolean clean) {
    routes++;
    if (!named && clean && unnamed.size() < Mender.LIMIT) {
      unnamed.add(start);
    }
  }

  void semicolon(Span span) {
    if (semicolon == null && span.length() > 0) {
      semicolon = span;
      semicolonFirst = routes == 0;
    }
  }

  void report(Mender mender) {
    if (routes == 1 && !unnamed.isEmpty()) {
      if (semicolon != null) {
        mender.report(SyntaxCode.MISPLACED_SEMICOLON, semicolon,
            "unexpected \";\" " + (semicolonFirst ? "before" : "behind") + " an expression without id",
            "remove the semicolon, or give the route an id: \"id: …;\"", semicolon, "");
      }
      return;
    }
    for (Span start : unnamed) {
      mender.report(SyntaxCode.BAD_ID, start, "route without id beside other routes",
          "write an id and a colon before it: \"id: …\"");
    }
  }
}
