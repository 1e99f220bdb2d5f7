package dev.sluice.proxy.balance;

import java.util.List;

/// Every balancing algorithm of the gateway, in alphabetical order.
public final class BuiltinAlgorithms {
  public static final List<Class<?>> ALL = List.of(
      RandomChoice.class,
      RoundRobin.class);

  private BuiltinAlgorithms() {}
}
