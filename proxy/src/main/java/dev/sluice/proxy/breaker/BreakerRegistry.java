package dev.sluice.proxy.breaker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.CallGate.Permit;
import dev.sluice.routes.spi.Services;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// All breakers of the process. Unused ones are forgotten after their idle time. Thread-safe.
public final class BreakerRegistry {
  private static final int MOST = 100_000;
  private static final long DEFAULT_IDLE = Duration.ofHours(1).toNanos();
  private static final Answer REFUSAL = new Answer(
      503,
      List.of(
          new Header("X-Circuit-Open", "true"),
          new Header("Content-Type", "text/plain; charset=utf-8"),
          new Header("X-Content-Type-Options", "nosniff")),
      "Service Unavailable\n".getBytes(StandardCharsets.US_ASCII));
  private static final CallGate.Permit FREE = success -> {};
  private static final CallGate OFF = new CallGate() {
    @Override
    public Permit enter(String host) {
      return FREE;
    }

    @Override
    public Answer refusal() {
      return REFUSAL;
    }
  };

  private final boolean enabled;
  private final BreakerSettings forAll;
  private final Map<String, BreakerSettings> byHost = new HashMap<>();
  private final LongSupplier clock;
  private final Cache<BreakerSettings, CircuitBreaker> breakers;

  BreakerRegistry(boolean enabled, List<BreakerSettings> flags, LongSupplier clock) {
    this.enabled = enabled || !flags.isEmpty();
    this.clock = clock;
    BreakerSettings common = BreakerSettings.NOTHING;
    for (BreakerSettings flag : flags) {
      common = flag.host().isEmpty() ? flag.or(common) : common;
    }
    forAll = common;
    for (BreakerSettings flag : flags) {
      if (!flag.host().isEmpty()) {
        byHost.merge(flag.host(), flag.or(common), (earlier, later) -> flag.or(earlier));
      }
    }
    breakers = Caffeine.newBuilder()
        .maximumSize(MOST)
        .expireAfter(Expiry.<BreakerSettings, CircuitBreaker>accessing(
            (settings, breaker) -> Duration.ofNanos(settings.idleNanos() > 0 ? settings.idleNanos() : DEFAULT_IDLE)))
        .ticker(clock::getAsLong)
        .executor(Runnable::run)
        .build();
  }

  /// The registry of the process, from its flags.
  ///
  /// @throws IllegalArgumentException for a `-breaker` that makes no sense; the message is for the user
  public static BreakerRegistry of(Services services) {
    return services.shared(BreakerRegistry.class, "flags", key -> new BreakerRegistry(
        FlagSettings.read(services, LimitFlags.ENABLE_BREAKERS),
        FlagSettings.read(services, LimitFlags.BREAKER).stream().map(BreakerSettings::parse).toList(),
        services.nanoTime()));
  }

  /// The gate for routes that say nothing: settings of the flags, by host. Null when there are none.
  public @Nullable CallGate standard() {
    return enabled && (forAll.type() != BreakerSettings.Type.NONE || !byHost.isEmpty()) ? new Gate(BreakerSettings.NOTHING) : null;
  }

  /// The gate for these settings of a filter; without breakers in the process, one that lets everything pass.
  public CallGate gate(BreakerSettings settings) {
    return enabled && settings.type() != BreakerSettings.Type.DISABLED ? new Gate(settings) : OFF;
  }

  private final class Gate implements CallGate {
    private final BreakerSettings own;

    Gate(BreakerSettings own) {
      this.own = own;
    }

    @Override
    public @Nullable Permit enter(String host) {
      if (host.isEmpty()) {
        return FREE;
      }
      BreakerSettings complete = own.withHost(host).or(byHost.getOrDefault(host, forAll));
      boolean none = complete.type() == BreakerSettings.Type.NONE || complete.type() == BreakerSettings.Type.DISABLED;
      if (none || complete.failures() <= 0) {
        return FREE;
      }
      return breakers.get(complete, made -> new CircuitBreaker(made, clock)).enter();
    }

    @Override
    public Answer refusal() {
      return REFUSAL;
    }
  }
}
