package dev.sluice.routes.spi;

/// A running filter, shared by all exchanges of its route (of its loop and of others): thread-safe.
public interface Filter extends AutoCloseable {
  /// Called in route order before the backend. An exception ends the exchange with 500 and names route and filter in the log.
  default Verdict request(Exchange x) throws Exception {
    return Verdict.CONTINUE;
  }

  /// Called in reverse order on the response head, only when this filter's [#request] ran and continued. A filter that answered
  /// the request itself ([Verdict.Respond]) has no response phase.
  default Verdict response(Exchange x) throws Exception {
    return Verdict.CONTINUE;
  }

  /// True when [#response] shall run for answers that the gateway made because of a failure, too (502, 504, …).
  default boolean seesGatewayErrors() {
    return false;
  }

  /// Called once, after the last exchange of the last table that holds this instance.
  @Override
  default void close() {}
}
