package dev.sluice.proxy.balance;

import java.util.List;

/// Every balancing algorithm of the gateway, in alphabetical order.
public final class BuiltinAlgorithms {
  public static final List<Class<?>> ALL = List.of(
      ConsistentHash.class,
      DirectHash.class,
      LeastRequests.class,
      Maglev.class,
      PowerOfRandomNChoices.class,
      RandomChoice.class,
      RingHash.class,
      RoundRobin.class,
      WeightedRoundRobin.class);

  private BuiltinAlgorithms() {}
}
