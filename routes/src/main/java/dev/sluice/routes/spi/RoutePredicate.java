package dev.sluice.routes.spi;

/// A running condition on a request. Thread-safe, never blocks, allocates nothing where it can be helped.
public interface RoutePredicate {
  boolean test(Request request);
}
