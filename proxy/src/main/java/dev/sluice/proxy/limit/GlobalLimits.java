package dev.sluice.proxy.limit;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.args.ClientAddress;
import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.Services;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits that `-ratelimits` sets for all requests, checked before routing.
public final class GlobalLimits {
  private static final byte[] BODY = "Too Many Requests\n".getBytes(StandardCharsets.US_ASCII);

  private final List<Check> checks;

  private GlobalLimits(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /// From the flag's value.
  ///
  /// @throws IllegalArgumentException for a setting that makes no sense; the message is for the user
  public static GlobalLimits of(Services services) {
    return new GlobalLimits(
        FlagSettings.read(services, LimitFlags.RATELIMITS).stream().map(setting -> check(services, setting)).toList());
  }

  public boolean isEmpty() {
    return checks.isEmpty();
  }

  /// The answer to a request that is over a limit, or null.
  public @Nullable Answer refusal(Request request) {
    for (int i = 0; i < checks.size(); i++) {
      Check check = checks.get(i);
      SlidingWindow window = check.window(request);
      if (window != null && !window.allow()) {
        Answer denial = check.limit.denial(429, window.retryAfterSeconds());
        var headers = new ArrayList<>(denial.headers());
        headers.add(new Header("Content-Type", "text/plain; charset=utf-8"));
        headers.add(new Header("X-Content-Type-Options", "nosniff"));
        return new Answer(429, headers, BODY);
      }
    }
    return null;
  }

  private static Check check(Services services, Map<String, String> setting) {
    Limit limit = new Limit(number(setting), window(setting));
    return switch (setting.getOrDefault("type", "disabled")) {
      case "service", "local" -> new Check(limit, ServiceLimits.window(services, "-ratelimits", limit), null);
      case "client" -> new Check(limit, null, ClientWindows.of(services, "-ratelimits", limit));
      case "disabled" -> new Check(limit, null, null);
      default -> throw new IllegalArgumentException("-ratelimits: type \"" + setting.get("type") + "\" is not known or not built");
    };
  }

  private static int number(Map<String, String> setting) {
    try {
      return Math.max(0, Integer.parseInt(setting.getOrDefault("max-hits", "0")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("-ratelimits: max-hits must be a whole number, not \"" + setting.get("max-hits") + "\"", e);
    }
  }

  private static long window(Map<String, String> setting) {
    long nanos = GoDuration.parse(setting.getOrDefault("time-window", "0")).toNanos();
    if (nanos <= 0 && !"disabled".equals(setting.getOrDefault("type", "disabled"))) {
      throw new IllegalArgumentException("-ratelimits: time-window must be longer than zero");
    }
    return Math.max(1, nanos);
  }

  private record Check(Limit limit, @Nullable SlidingWindow service, @Nullable ClientWindows clients) {
    @Nullable SlidingWindow window(Request request) {
      if (clients == null) {
        return service;
      }
      String key = ClientAddress.first(request);
      return key.isEmpty() ? null : clients.window(key);
    }
  }
}
