package dev.sluice.proxy.balance;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.EngineView.CheckView;
import dev.sluice.proxy.upstream.Tunnel;
import dev.sluice.proxy.upstream.Upstream;
import dev.sluice.proxy.upstream.UpstreamRequest;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Asks one endpoint again and again whether it is well, on one event loop and over the same connections as requests. Until the check knows better the
/// endpoint is healthy. Any thread may ask for the state; all else happens on the loop.
public final class EndpointProbe {
  /// Longer bodies of answers are not read to their end.
  private static final int MOST_BODY = 64 * 1024;
  private static final HttpFields HEADERS = HttpFields.build().add(HttpHeader.USER_AGENT, "Sluice-endpointCheck").asImmutable();

  private final HealthCheck check;
  private final Endpoint asked;
  private final String name;
  private final UpstreamRequest request;
  private final Logger log;
  private final AtomicLong asks = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean healthy = true;
  private volatile @Nullable String problem;
  private volatile @Nullable Place place;
  private volatile boolean stopped;
  private int inARow;
  private EventLoop.@Nullable Timer timer;
  private @Nullable Asking underWay;

  /// Where it is done.
  record Place(EventLoop loop, Upstream upstream) {}

  EndpointProbe(Endpoint endpoint, HealthCheck check, Logger log) {
    this.check = check;
    this.name = (endpoint.host().indexOf(':') < 0 ? endpoint.host() : "[" + endpoint.host() + "]") + ":" + endpoint.port();
    this.asked = check.address().isEmpty() ? endpoint : at(endpoint, check.address());
    this.log = log;
    long limit = check.timeout().toNanos();
    this.request = new UpstreamRequest(check.head() ? "HEAD" : "GET", check.path(), check.host().isEmpty() ? asked.authority() : check.host(),
        HEADERS, 0, false, null, limit, limit, limit, UpstreamRequest.Way.PLAIN);
  }

  private static Endpoint at(Endpoint endpoint, String address) {
    int colon = address.lastIndexOf(':');
    String written = address.substring(0, colon);
    String host = written.isEmpty() ? endpoint.host() : written.startsWith("[") ? written.substring(1, colon - 1) : written;
    String authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + address.substring(colon);
    return new Endpoint(endpoint.scheme() + "://" + authority, endpoint.scheme(), host, HealthCheck.port(address), authority, "", 1, false);
  }

  /// Whether requests may go there.
  public boolean isHealthy() {
    return healthy;
  }

  /// Its state for the admin listener and metrics.
  CheckView view() {
    String why = problem;
    return new CheckView(name, check.path(), healthy, asks.get(), failures.get(), why == null ? "" : why);
  }

  /// Begins, once. From any thread.
  void start(Place where) {
    place = where;
    where.loop.execute(() -> {
      if (!stopped) {
        after(check.delay().toNanos() + ThreadLocalRandom.current().nextLong(check.interval().toNanos()));
      }
    });
  }

  /// No route uses it any more. From any thread.
  void stop() {
    stopped = true;
    Place where = place;
    if (where != null) {
      where.loop.execute(this::end);
    }
  }

  private void end() {
    EventLoop.Timer next = timer;
    timer = null;
    if (next != null) {
      next.cancel();
    }
    Asking last = underWay;
    underWay = null;
    if (last != null) {
      last.cancel();
    }
  }

  private void after(long nanos) {
    Place where = place;
    if (where != null) {
      timer = where.loop.schedule(nanos, () -> ask(where, false));
    }
  }

  private void ask(Place where, boolean again) {
    Asking asking = new Asking(where, again);
    underWay = asking;
    asking.begin();
  }

  /// @param why null: the answer was good
  private void judged(@Nullable String why) {
    underWay = null;
    asks.incrementAndGet();
    problem = why;
    if (why != null) {
      failures.incrementAndGet();
    }
    inARow = (why == null) == healthy ? 0 : inARow + 1;
    if (inARow >= (healthy ? check.unhealthyAfter() : check.healthyAfter())) {
      inARow = 0;
      healthy = !healthy;
      if (healthy) {
        log.info("endpoint check: {} is well again", name);
      } else {
        log.warn("endpoint check: {} is not well: {}", name, why);
      }
    }
    next();
  }

  private void next() {
    long tenth = check.interval().toNanos() / 10;
    after(check.interval().toNanos() - tenth + ThreadLocalRandom.current().nextLong(2 * tenth));
  }

  /// One request.
  private final class Asking implements Upstream.Receiver {
    private final Place where;
    private final boolean again;
    private Upstream.@Nullable Call call;
    private EventLoop.@Nullable Timer limit;
    private Content.@Nullable Source body;
    private int bodyRead;
    private boolean over;

    /// @param again after a kept connection that turned out to be closed
    private Asking(Place where, boolean again) {
      this.where = where;
      this.again = again;
    }

    private void begin() {
      limit = where.loop.schedule(check.timeout().toNanos(), this::late);
      Upstream.Call begun = where.upstream.send(request, asked, null, this);
      if (!over) {
        call = begun;
      }
    }

    private void late() {
      limit = null;
      Content.Source reading = body;
      if (reading != null) {
        body = null;
        reading.fail(new java.util.concurrent.TimeoutException());
      } else if (!over) {
        cancel();
        judged("no answer in " + TimeUnit.NANOSECONDS.toMillis(check.timeout().toNanos()) + " ms");
      }
    }

    private void cancel() {
      Upstream.Call begun = call;
      ended();
      Content.Source reading = body;
      body = null;
      stopLimit();
      if (reading != null) {
        reading.fail(new java.io.EOFException("not wanted any more"));
      } else if (begun != null) {
        begun.cancel(Failure.of(Failure.Kind.HEADER_TIMEOUT));
      }
    }

    private void ended() {
      over = true;
      call = null;
    }

    private void stopLimit() {
      EventLoop.Timer running = limit;
      limit = null;
      if (running != null) {
        running.cancel();
      }
    }

    @Override
    public void interim(int status, HttpFields headers) {}

    @Override
    public void head(int status, @Nullable String reason, HttpFields headers, long length, Content.Source source) {
      if (over) {
        source.fail(new java.io.EOFException("not wanted any more"));
        return;
      }
      ended();
      body = source;
      readBody();
      judged(check.isGood(status) ? null : "status " + status);
    }

    /// To its end, so that the connection can be kept.
    private void readBody() {
      Content.Source source = body;
      while (source != null) {
        Content.Chunk chunk = source.read();
        if (chunk == null) {
          source.demand(this::readBody);
          return;
        }
        boolean last = chunk.isLast();
        bodyRead += chunk.remaining();
        chunk.release();
        if (!last && bodyRead <= MOST_BODY) {
          continue;
        }
        body = null;
        stopLimit();
        if (!last) {
          source.fail(new java.io.IOException("long body"));
        }
        return;
      }
    }

    @Override
    public void upgraded(HttpFields headers, Tunnel tunnel) {
      tunnel.endPoint().close();
    }

    @Override
    public void failed(Failure failure, Upstream.Sent sent) {
      if (over) {
        return;
      }
      ended();
      stopLimit();
      if (sent == Upstream.Sent.STALE_CONNECTION && !again) {
        where.loop.execute(() -> {
          if (!stopped) {
            ask(where, true);
          }
        });
      } else if (failure.kind() == Failure.Kind.POOL_FULL) {
        underWay = null;
        next();
      } else {
        judged(failure.kind().token() + (failure.detail() == null ? "" : ": " + failure.detail()));
      }
    }
  }
}
