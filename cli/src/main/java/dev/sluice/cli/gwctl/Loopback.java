package dev.sluice.cli.gwctl;

import dev.sluice.grammar.RoutePrinter;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.model.Backend;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.PlainRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of a request in a route that ends in `<loopback>`. Filters that open nothing are run; the others are left out, and named.
///
/// @param request as it is looked up again; null when it is not
/// @param leftOut filters whose effect is not known here, as written
/// @param end why it is not looked up again, or null
/// @param endless whether that is because there were too many before: then no route serves the request
record Loopback(@Nullable PlainRequest request, List<String> leftOut, @Nullable String end, boolean endless) {
  private Loopback(@Nullable PlainRequest request, List<String> leftOut, @Nullable String end) {
    this(request, leftOut, end, false);
  }

  /// The same when no loopback may follow any more.
  ///
  /// @param before how many there were
  Loopback tooMany(int before) {
    return new Loopback(null, leftOut, "the gateway answers 500 after " + before + " loopbacks", true);
  }

  /// @param catalog says which filters always answer
  /// @param route with its filters
  /// @param asked is not changed
  /// @param matches of all look-ups so far, the latest first
  /// @return null when the route does not end in a loopback
  static @Nullable Loopback of(
      Catalog catalog, RouteDefinition route, PlainRequest asked, PlainRequest original, List<Match> matches) {
    if (!(route.backend() instanceof Backend.LoopbackBackend)) {
      return null;
    }
    PlainRequest request = asked.copy();
    var exchange = new PlainExchange(request, original, route, matches);
    var leftOut = new ArrayList<String>();
    for (BoundCall<FilterSpec> bound : route.filters()) {
      String written = RoutePrinter.call(route.filterCall(bound));
      CatalogEntry entry = catalog.filter(bound.name());
      if (entry != null && entry.answers()) {
        return new Loopback(null, leftOut, written + " answers");
      }
      if (!(bound.spec() instanceof StatelessFilter filter)) {
        leftOut.add(written);
        continue;
      }
      PlainRequest before = request.copy();
      try {
        String end = end(filter.request(exchange), written);
        if (end != null) {
          return new Loopback(null, leftOut, end);
        }
      } catch (Exception e) {
        leftOut.add(written);
        request.become(before);
      }
    }
    return new Loopback(request, leftOut, null);
  }

  private static @Nullable String end(Verdict verdict, String written) {
    return switch (verdict) {
      case Verdict.Continue() -> null;
      case Verdict.Respond(var answer) -> written + " answers " + answer.status();
      case Verdict.Fail(Failure failure) -> written + " fails with " + failure.kind().status();
      case Verdict.After(var _, Verdict then) -> end(then, written);
      case Verdict.Queued _, Verdict.Rerun _ -> null;
    };
  }
}
