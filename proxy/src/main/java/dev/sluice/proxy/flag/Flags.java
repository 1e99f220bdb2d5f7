package dev.sluice.proxy.flag;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All flags of the gateway.
public final class Flags {
  /// In the order of `-help`.
  public static final List<FlagGroup> GROUPS = List.of(
      ProcessFlags.GROUP,
      ListenerFlags.GROUP,
      RequestFlags.GROUP,
      BackendFlags.GROUP,
      RouteFlags.GROUP,
      LimitFlags.GROUP,
      TlsFlags.GROUP,
      LogFlags.GROUP,
      MetricFlags.GROUP,
      AuthFlags.GROUP,
      SwarmFlags.GROUP,
      KubernetesFlags.GROUP);

  private static final Map<String, Flag<?>> BY_NAME =
      GROUPS.stream().flatMap(group -> group.flags().stream()).collect(Collectors.toMap(Flag::name, Function.identity()));

  private Flags() {}

  /// The flags by name, without dash.
  public static Map<String, Flag<?>> byName() {
    return BY_NAME;
  }
}
