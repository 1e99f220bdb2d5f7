package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.EndpointCounts;
import dev.sluice.proxy.balance.LoadBalancer;
import dev.sluice.proxy.balance.Screening;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.routes.model.Endpoint;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoints of one backend call: which comes next, which were tried.
sealed interface Targets {
  static Targets of(GatewayBackend backend, GatewayExchange x) {
    return switch (backend) {
      case GatewayBackend.Network(var endpoint, var _) -> new One(endpoint, true, "");
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

  /// Breakers go by host: one that is not written in the route, but picked among endpoints or set by filters, has none.
  boolean hasBreaker();

  String whyNone();

  /// An attempt at the endpoint of the last [#next] begins.
  void begin();

  void end(AttemptEnd how);

  /// How an attempt ended, as far as the endpoint had a hand in it.
  enum AttemptEnd {
    /// With any status.
    ANSWERED,
    FAILED,
    /// The client or the gateway gave up; a kept connection was stale.
    UNDECIDED
  }

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
    public boolean hasBreaker() {
      return mayPreserveHost;
    }

    @Override
    public void sameAgain() {}

    @Override
    public void begin() {}

    @Override
    public void end(AttemptEnd how) {}
  }

  /// A balanced list; endpoints tried are left out while others remain, and for each attempt those that fade in or fail.
  final class Several implements Targets, LoadBalancer.Candidates {
    private final GatewayBackend.Balanced backend;
    private final List<Endpoint> endpoints;
    private final GatewayExchange x;
    private @Nullable BitSet tried;
    private @Nullable BitSet leftOut;
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
        leaveOutLast();
      }
      Screening screening = backend.screening();
      leftOut = screening == null ? null : screening.leftOut();
      int picked = backend.balancer().pick(x, this);
      if (picked < 0 && leftOut != null) {
        leftOut = null; // a failing endpoint is better than none
        picked = backend.balancer().pick(x, this);
      }
      if (picked >= 0) {
        last = picked;
      }
      return picked < 0 ? null : endpoints.get(picked);
    }

    /// When all were tried they are tried once more, the last one not at once.
    private void leaveOutLast() {
      BitSet before = tried == null ? new BitSet(endpoints.size()) : tried;
      tried = before;
      before.set(last);
      if (remaining() == 0) {
        before.clear();
        if (remaining() > 0) {
          before.set(last);
        }
      }
    }

    @Override
    public int remaining() {
      int usable = 0;
      for (int i = 0; i < endpoints.size(); i++) {
        if (i != last && isUntried(i)) {
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
    public boolean hasBreaker() {
      return false;
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
    public void end(AttemptEnd how) {
      EndpointCounts counts = backend.counts().get(last);
      counts.end();
      if (how != AttemptEnd.UNDECIDED) {
        counts.judge(how == AttemptEnd.ANSWERED);
      }
    }

    @Override
    public int size() {
      return endpoints.size();
    }

    @Override
    public boolean has(int i) {
      return isUntried(i) && (leftOut == null || !leftOut.get(i));
    }

    private boolean isUntried(int i) {
      return endpoints.get(i).weight() > 0 && (tried == null || !tried.get(i));
    }

    @Override
    public int inFlight(int i) {
      return backend.counts().get(i).inFlight();
    }

    @Override
    public double health(int i) {
      return backend.counts().get(i).health();
    }
  }
}
