package dev.sluice.proxy.balance;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RouteProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Endpoints under one algorithm, with candidates that tests change. Their addresses are those of the values observed at AILERON.
final class Group implements LoadBalancer.Candidates {
  private static final FakeExchange ANY = FakeExchange.get("/");

  private final List<Endpoint> endpoints;
  private final LoadBalancer balancer;
  final boolean[] out;
  final int[] inFlight;
  final double[] health;

  private Group(List<Endpoint> endpoints, LoadBalancer balancer) {
    this.endpoints = endpoints;
    this.balancer = balancer;
    out = new boolean[endpoints.size()];
    inFlight = new int[out.length];
    health = new double[out.length];
    Arrays.fill(health, 1);
  }

  static Group of(Algorithm algorithm, List<Endpoint> endpoints, long seed) {
    try {
      return new Group(endpoints, algorithm.create(endpoints, new Random(seed)));
    } catch (RouteProblem problem) {
      throw new AssertionError(problem);
    }
  }

  static Group of(Algorithm algorithm, List<Endpoint> endpoints) {
    return of(algorithm, endpoints, 1);
  }

  /// So many endpoints from port 21001 on, without weights.
  static List<Endpoint> equal(int count) {
    return IntStream.range(0, count).mapToObj(i -> endpoint("http://127.0.0.1:" + (21001 + i), 1, false)).toList();
  }

  static List<Endpoint> weighted(int... weights) {
    return weightedFrom(21001, weights);
  }

  static List<Endpoint> weightedFrom(int port, int... weights) {
    return IntStream.range(0, weights.length).mapToObj(i -> endpoint("http://127.0.0.1:" + (port + i), weights[i], true)).toList();
  }

  static Endpoint endpoint(String text, int weight, boolean written) {
    int port = Integer.parseInt(text.replaceAll(".*:([0-9]+)/?", "$1"));
    return new Endpoint(text, "http", "127.0.0.1", port, "127.0.0.1:" + port, "", weight, written);
  }

  int pick() {
    return balancer.pick(ANY, this);
  }

  int pick(String key) {
    FakeExchange x = FakeExchange.get("/");
    x.outgoing().hashKey(key);
    return balancer.pick(x, this);
  }

  int pick(FakeExchange x) {
    return balancer.pick(x, this);
  }

  List<Integer> picks(int count) {
    List<Integer> picks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      picks.add(pick());
    }
    return picks;
  }

  /// How often each was picked.
  int[] tally(int count) {
    int[] tally = new int[out.length];
    for (int i = 0; i < count; i++) {
      tally[pick()]++;
    }
    return tally;
  }

  /// How many of the keys `prefix` + 0, 1, … each has.
  int[] keys(String prefix, int count) {
    int[] tally = new int[out.length];
    for (int i = 0; i < count; i++) {
      tally[pick(prefix + i)]++;
    }
    return tally;
  }

  Group without(int... gone) {
    Arrays.fill(out, false);
    for (int i : gone) {
      out[i] = true;
    }
    return this;
  }

  @Override
  public int size() {
    return endpoints.size();
  }

  @Override
  public boolean has(int i) {
    return !out[i] && endpoints.get(i).weight() > 0;
  }

  @Override
  public int inFlight(int i) {
    return inFlight[i];
  }

  @Override
  public double health(int i) {
    return health[i];
  }
}
