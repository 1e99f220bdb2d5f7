package dev.sluice.routes.spi;

/// What a filter decided. [#CONTINUE] costs nothing; the others are made when the route is built where possible.
public sealed interface Verdict {
  Verdict CONTINUE = new Continue();

  /// On to the next filter.
  record Continue() implements Verdict {}

  /// In the request phase: ends the phase with this answer. In the response phase: replaces the answer.
  record Respond(Answer answer) implements Verdict {}

  /// The gateway's own error answer, with its log token and metric.
  record Fail(Failure failure) implements Verdict {}

  /// Waits on the timer of the exchange's loop, holding no thread, then `then`. Cancelled when the client goes away.
  record After(long nanos, Verdict then) implements Verdict {}

  /// Waits in a queue, holding no thread.
  ///
  /// @param nanos longest wait; then the driver takes the waiter out ([WaitList#leave]) and goes on with `late`
  record Queued(WaitList list, long nanos, Verdict late) implements Verdict {}

  /// Response phase only: drops the answer and looks the request up again with this path (`loopbackIfStatus`).
  record Rerun(String path) implements Verdict {}
}
