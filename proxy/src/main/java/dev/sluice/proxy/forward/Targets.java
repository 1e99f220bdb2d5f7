package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.LoadBalancer;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.routes.model.Endpoint;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints of one backend call: which comes next, which were tried.
sealed interface Targets {
  static Targets of(GatewayBackend backend, GatewayExchange x) {
    return switch (backend) {
      case GatewayBackend.Network(var endpoint) -> new One(endpoint, true, "");
      case GatewayBackend.Dynamic() -> dynamic(x);
      case GatewayBackend.Balanced balanced -> new Several(balanced, x);
      case GatewayBackend.Shunt(), GatewayBackend.Loopback() -> throw new IllegalArgumentException("no backend call: " + backend);
    };
  }

  private static Targets dynamic(GatewayExchange x) {
    String target = x.outgoing().dynamicTarget();
    if (target == null) {
      return new One(null, false, "no filter set the target of the dynamic backend");
    }
    Endpoint endpoint = DynamicTarget.endpoint(target);
    return new One(endpoint, false, "the dynamic target is no http or https URL");
  }

  /// The endpoint of the next attempt, or null when there is none.
  @Nullable Endpoint next();

  /// Endpoints that were not tried yet.
  int remaining();

  /// The next attempt may go to the endpoint of the last one.
  void sameAgain();

  boolean mayPreserveHost();

  String whyNone();

  /// An attempt at the endpoint of the last [#next] begins.
  void begin();

  void end();

  /// A single address: tried again only by the `retry` filter.
  record One(@Nullable Endpoint endpoint, boolean mayPreserveHost, String whyNone) implements Targets {
    @Override
    public @Nullable Endpoint next() {
      return endpoint;
    }

    @Override
    public int remaining() {
      return 0;
    }

    @Override
    public void sameAgain() {}

    @Override
    public void begin() {}

    @Override
    public void end() {}
  }

  /// A balanced list; endpoints tried are left out while others remain.
  final class Several implements Targets, LoadBalancer.Candidates {
    private final GatewayBackend.Balanced backend;
    private final List<Endpoint> endpoints;
    private final GatewayExchange x;
    private @Nullable BitSet tried;
    private int last = -1;
    private boolean same;

    Several(GatewayBackend.Balanced backend, GatewayExchange x) {
      this.backend = backend;
      this.endpoints = backend.endpoints();
      this.x = x;
    }

    @Override
    public @Nullable Endpoint next() {
      if (same) {
        same = false;
        return endpoints.get(last);
      }
      if (last >= 0) {
        BitSet before = tried == null ? new BitSet(endpoints.size()) : tried;
        before.set(last);
        if (before.cardinality() >= endpoints.size()) {
          before.clear();
        }
        tried = before;
      }
      int picked = backend.balancer().pick(x, this);
      if (picked >= 0) {
        last = picked;
      }
      return picked < 0 ? null : endpoints.get(picked);
    }

    @Override
    public int remaining() {
      int usable = 0;
      for (int i = 0; i < endpoints.size(); i++) {
        if (i != last && has(i)) {
          usable++;
        }
      }
      return usable;
    }

    @Override
    public void sameAgain() {
      same = true;
    }

    @Override
    public boolean mayPreserveHost() {
      return true;
    }

    @Override
    public String whyNone() {
      return "no endpoint takes traffic";
    }

    @Override
    public void begin() {
      backend.counts().get(last).begin();
    }

    @Override
    public void end() {
      backend.counts().get(last).end();
    }

    @Override
    public int size() {
      return endpoints.size();
    }

    @Override
    public boolean has(int i) {
      return endpoints.get(i).weight() > 0 && (tried == null || !tried.get(i));
    }

    @Override
    public int inFlight(int i) {
      return backend.counts().get(i).inFlight();
    }
  }
}
