package dev.sluice.routes.spi;

/// What the gateway keeps for a route's backend: balancer state and the like. Made when the route is compiled; kept over a table switch while
/// route id and backend are equal.
public interface RunningBackend extends AutoCloseable {
  @Override
  default void close() {}
}
