package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.source.FeedState.History;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.source.FeedState.Source;
import dev.sluice.routes.source.FeedState.Status;
import dev.sluice.routes.spi.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one data client has, as it was read last. Used by the feed's thread only.
final class SourceTexts {
  private final String client;
  private final RouteMaker maker;
  private Map<String, Held> byName = new LinkedHashMap<>();
  private final Map<String, History> history = new HashMap<>();
  private final SingleRoutes singles = new SingleRoutes();
  private List<Diagnostic> problems = List.of();

  /// @param maker is given each route while it is read
  SourceTexts(String client, RouteMaker maker) {
    this.client = client;
    this.maker = maker;
  }

  /// @param tried what was parsed last
  /// @param routes the last good ones; null when there were none
  private record Held(@Nullable SourceText tried, @Nullable TextRoutes routes, Status status, List<Diagnostic> findings, List<Diagnostic> notes) {
    /// @param others warnings of the client about a text that it could read
    Held noted(List<Diagnostic> others) {
      return others.isEmpty() && notes.isEmpty() ? this : new Held(tried, routes, status, findings, others);
    }

    List<Diagnostic> all() {
      return notes.isEmpty() ? findings : Stream.concat(findings.stream(), notes.stream()).toList();
    }
  }

  /// Takes over a snapshot. A text that cannot be read keeps its last good routes, one that is gone loses them.
  ///
  /// @return whether anything differs from before
  boolean take(Snapshot snapshot) {
    Map<String, Held> next = new LinkedHashMap<>();
    boolean changed = !messages(problems).equals(messages(snapshot.problems()));
    changed |= singles.take(snapshot.routes());
    for (SourceText text : snapshot.texts()) {
      Held before = byName.get(text.name());
      Held now = before != null && isSame(before, text) ? before : parse(text, before);
      changed |= now != before;
      if (now != before) {
        history.merge(text.name(), now.status == Status.READ ? History.NONE.updatedNow() : History.NONE.failed(),
            (known, one) -> now.status == Status.READ ? known.updatedNow() : known.failed());
      }
      next.put(text.name(), now);
    }
    for (Diagnostic problem : snapshot.problems()) {
      if (problem.source() != null && !next.containsKey(problem.source().name())) {
        Held before = byName.get(problem.source().name());
        if (before == null || before.status != Status.UNREADABLE) {
          history.merge(problem.source().name(), History.NONE.failed(), (known, one) -> known.failed());
        }
        next.put(problem.source().name(),
            new Held(null, before == null ? null : before.routes, Status.UNREADABLE, List.of(problem), List.of()));
      }
    }
    changed |= !List.copyOf(byName.keySet()).equals(List.copyOf(next.keySet()));
    next.replaceAll((name, held) -> held.noted(snapshot.problems().stream()
        .filter(problem -> !problem.isError() && problem.source() != null && problem.source().name().equals(name)).toList()));
    history.keySet().retainAll(next.keySet());
    problems = snapshot.problems();
    byName = next;
    return changed;
  }

  /// The last good routes, in order.
  void addRoutes(List<TextRoute> routes) {
    for (Held held : byName.values()) {
      if (held.routes != null) {
        routes.addAll(held.routes.routes());
      }
    }
    singles.addRoutes(routes);
  }

  /// Routes that cannot be read, where the others of the source can.
  List<Invalid> invalid() {
    var invalid = new ArrayList<Invalid>();
    singles.addInvalid(invalid);
    return invalid;
  }

  List<Source> sources() {
    var sources = new ArrayList<Source>();
    byName.forEach((name, held) ->
        sources.add(new Source(client, name, held.status, held.routes == null ? 0 : held.routes.routes().size(), held.all(),
            history.getOrDefault(name, History.NONE))));
    singles.addSource(client, sources);
    for (Diagnostic problem : problems) {
      if (problem.source() == null) {
        sources.add(new Source(client, client, Status.UNREADABLE, 0, List.of(problem), History.NONE));
      }
    }
    return sources;
  }

  private static boolean isSame(Held before, SourceText text) {
    return before.tried != null && Arrays.equals(before.tried.bytes(), text.bytes());
  }

  private Held parse(SourceText text, @Nullable Held before) {
    TextRoutes last = before == null ? null : before.routes;
    TextRoutes.Reading reading = TextRoutes.read(text, last, maker::make);
    return reading.routes() != null
        ? new Held(text, reading.routes(), Status.READ, reading.findings(), List.of())
        : new Held(text, last, Status.BROKEN, reading.findings(), List.of());
  }

  private static List<String> messages(List<Diagnostic> problems) {
    return problems.stream().map(Diagnostic::message).toList();
  }
}
