package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.table.RouteTable;
import java.time.Instant;
import java.util.List;

/// What the feed has made of its sources so far. Immutable.
///
/// @param table the current one; its routes are the valid ones, in source order
/// @param invalid routes that were left out of it
/// @param sources every text that was read or looked for, in order of precedence: of equal route ids the later source's counts
/// @param problems all findings of the last run, also those of sources and invalid routes
/// @param switched when the table was switched last; the epoch before the first time
/// @param complete whether every data client has delivered at least once
public record FeedState(
    RouteTable table,
    List<Invalid> invalid,
    List<Source> sources,
    List<Diagnostic> problems,
    Instant switched,
    boolean complete) {
  public FeedState {
    invalid = List.copyOf(invalid);
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }

  /// True when a source could not be read, or not as routes: what it gave before is still in use, if anything.
  public boolean hasBrokenSource() {
    return sources.stream().anyMatch(source -> source.status() != Status.READ);
  }

  /// A route that was left out.
  ///
  /// @param node after pre-processing, for printing
  /// @param reasons at least one
  public record Invalid(RouteNode node, SourceText text, List<Diagnostic> reasons) {
    public Invalid {
      reasons = List.copyOf(reasons);
    }

    /// The first reason as one word, as Skipper's metrics and listings name it: `unknown_filter`, `invalid_predicate_params` and
    /// so on.
    public String reasonCode() {
      return reasons.isEmpty() ? "other" : ReasonCode.of(node, reasons.getFirst());
    }

    /// The first reason, with its code: `unknown_filter: unknown filter "nope"`.
    public String error() {
      return reasonCode() + ": " + (reasons.isEmpty() ? "route cannot be used" : reasons.getFirst().message());
    }
  }

  /// @param client name of the data client
  /// @param name of the text
  /// @param routes how many routes of it are in use, invalid ones included
  /// @param problems findings about the text as a whole; also warnings
  /// @param history what became of it so far
  public record Source(String client, String name, Status status, int routes, List<Diagnostic> problems, History history) {
    public Source {
      problems = List.copyOf(problems);
    }
  }

  /// What became of a source since it was first seen.
  ///
  /// @param updates how often something new was read from it that could be used
  /// @param failures how often something was found that could not be read, or not be used
  /// @param updated when it was updated last; the epoch when never
  public record History(long updates, long failures, Instant updated) {
    static final History NONE = new History(0, 0, Instant.EPOCH);

    History updatedNow() {
      return new History(updates + 1, failures, Instant.now());
    }

    History failed() {
      return new History(updates, failures + 1, updated);
    }
  }

  public enum Status {
    READ,
    /// Read, but not routes: a syntax error.
    BROKEN,
    /// Not there, or not readable.
    UNREADABLE
  }
}
