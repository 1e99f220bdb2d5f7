package dev.sluice.proxy.balance;

import dev.sluice.proxy.observe.EngineView.EndpointView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Counts of one endpoint. Thread-safe.
public final class EndpointCounts {
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger users = new AtomicInteger();
  private final LongSupplier nanoTime;
  private final @Nullable EndpointHealth health;
  private volatile long detected;
  private volatile long released;

  EndpointCounts(LongSupplier nanoTime, long now, @Nullable EndpointHealth health) {
    this.nanoTime = nanoTime;
    this.health = health;
    this.detected = now;
    this.released = now;
  }

  void use() {
    users.incrementAndGet();
  }

  /// A route that used it is gone.
  public void release() {
    released = nanoTime.getAsLong();
    users.decrementAndGet();
  }

  boolean isForgotten(long now, long remembered) {
    return users.get() == 0 && now - released > remembered;
  }

  /// Since when it is known, in the gateway's monotonic time.
  public long detected() {
    return detected;
  }

  /// It was created this long ago. When it was known already, that was another one at the same address.
  public void created(Duration ago) {
    long now = nanoTime.getAsLong();
    if (ago.compareTo(Duration.ofNanos(now - detected)) < 0) {
      detected = now - ago.toNanos();
    }
  }

  /// Attempts under way, up to the response head.
  public int inFlight() {
    return inFlight.get();
  }

  /// An attempt begins.
  public void begin() {
    inFlight.incrementAndGet();
  }

  /// An attempt ended, in which way ever.
  public void end() {
    inFlight.decrementAndGet();
  }

  /// Whether an attempt got an answer, of any status. Not to be called for one that the client gave up.
  public void judge(boolean answered) {
    EndpointHealth judged = health;
    if (judged != null) {
      judged.attempted(!answered, nanoTime.getAsLong());
    }
  }

  /// From 0 to 1: see [LoadBalancer.Candidates#health].
  public double health() {
    return health == null ? 1 : health.weight();
  }

  EndpointView view(String address, long now) {
    return new EndpointView(address, inFlight.get(), dropProbability(now), now - detected, users.get());
  }

  /// The chance that a request passes it over; 0 without a passive health check.
  double dropProbability(long now) {
    return health == null ? 0 : health.dropProbability(now);
  }
}
