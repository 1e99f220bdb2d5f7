package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.Flags;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.routes.compile.RouteBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the flags say: the value of each, as its declaration types it. Immutable.
///
/// ```java
/// var settings = GatewaySettings.defaults().with(ListenerFlags.ADDRESS, "127.0.0.1:0");
/// Duration idle = settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER);
/// ```
public final class GatewaySettings {
  private static final GatewaySettings DEFAULTS = new GatewaySettings(Map.of(), Map.of());

  private final Map<String, Object> given;
  private final Map<String, String> environment;

  private GatewaySettings(Map<String, Object> given, Map<String, String> environment) {
    this.given = given;
    this.environment = environment;
  }

  /// Every flag at its default.
  public static GatewaySettings defaults() {
    return DEFAULTS;
  }

  /// The same with one flag given.
  public <T> GatewaySettings with(Flag<T> flag, T value) {
    var next = new LinkedHashMap<>(given);
    next.put(flag.name(), value);
    return new GatewaySettings(next, environment);
  }

  /// The same with these environment variables, for `-expand-env`.
  public GatewaySettings withEnvironment(Map<String, String> variables) {
    return new GatewaySettings(given, Map.copyOf(variables));
  }

  /// What the flags say about building routes.
  public RouteBuilder.Options routeOptions() {
    return new RouteBuilder.Options(Set.copyOf(get(RouteFlags.DISABLED_FILTERS)), get(ProcessFlags.EXPAND_ENV) ? environment : null);
  }

  /// The value of a flag: what was given, else its default.
  @SuppressWarnings("unchecked") // `with` is the only way in, and it is typed
  public <T> T get(Flag<T> flag) {
    return (T) given.getOrDefault(flag.name(), flag.defaultValue());
  }

  /// Whether the flag was given, on the command line or in the configuration file, even if with its default value.
  public boolean given(Flag<?> flag) {
    return given.containsKey(flag.name());
  }

  /// Names of the flags given, in the order they were.
  public Set<String> given() {
    return Collections.unmodifiableSet(given.keySet());
  }

  /// The value of the flag of that name, for filters that ask by name; null when there is no such flag.
  public @Nullable Object byName(String name) {
    Flag<?> flag = Flags.byName().get(name);
    return flag == null ? null : get(flag);
  }
}
