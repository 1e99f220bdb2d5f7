package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.routes.source.FeedState.History;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.source.FeedState.Source;
import dev.sluice.routes.source.FeedState.Status;
import dev.sluice.routes.spi.StoredRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes that one data client has one by one, as they were read last. Used by the feed's thread only.
final class SingleRoutes {
  private Map<String, Held> byId = new LinkedHashMap<>();
  private History history = History.NONE;

  /// @param tried what was parsed last
  /// @param route the last good one; null when there was none
  private record Held(StoredRoute tried, @Nullable TextRoute route, List<Diagnostic> findings) {
    boolean isBroken() {
      return findings.stream().anyMatch(Diagnostic::isError);
    }
  }

  /// Takes over what there is now. One that cannot be read keeps its last good form, one that is gone is gone.
  ///
  /// @return whether anything differs from before
  boolean take(List<StoredRoute> routes) {
    Map<String, Held> next = new LinkedHashMap<>();
    boolean changed = false;
    for (StoredRoute route : routes) {
      Held before = byId.get(route.id());
      Held now = before != null && Arrays.equals(before.tried.text().bytes(), route.text().bytes()) ? before : parse(route, before);
      changed |= now != before;
      next.put(route.id(), now);
    }
    changed |= !List.copyOf(byId.keySet()).equals(List.copyOf(next.keySet()));
    byId = next;
    history = !changed ? history : next.values().stream().anyMatch(Held::isBroken) ? history.failed().updatedNow() : history.updatedNow();
    return changed;
  }

  /// Adds each route that can be used.
  void addRoutes(List<TextRoute> routes) {
    for (Held held : byId.values()) {
      if (held.route != null) {
        routes.add(held.route);
      }
    }
  }

  /// Adds those that cannot be read as they are now.
  void addInvalid(List<Invalid> invalid) {
    byId.forEach((id, held) -> {
      if (held.isBroken()) {
        invalid.add(new Invalid(StoredRoutes.placeholder(id), held.tried.text(), held.findings));
      }
    });
  }

  /// All of them as one source, unless there are none.
  void addSource(String client, List<Source> sources) {
    if (!byId.isEmpty()) {
      var findings = new ArrayList<Diagnostic>();
      byId.values().forEach(held -> findings.addAll(held.findings));
      int used = (int) byId.values().stream().filter(held -> held.route != null).count();
      sources.add(new Source(client, client, Status.READ, used, findings, history));
    }
  }

  private static Held parse(StoredRoute route, @Nullable Held before) {
    ParseResult result = StoredRoutes.parse(route);
    TextRoute lastGood = before == null ? null : before.route;
    TextRoute read = result.ok() ? new TextRoute(result.file().routes().getFirst(), route.text()) : lastGood;
    return new Held(route, read, result.diagnostics());
  }
}
