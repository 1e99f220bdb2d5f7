package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Connections to backends.
public final class BackendFlags {
  static final FlagGroup GROUP = new FlagGroup("Backends");
  private static final FlagGroup.Rows BUILT = GROUP.built();

  public static final Flag<Boolean> PROXY_PRESERVE_HOST =
      BUILT.onOff("proxy-preserve-host", false, "send the client's Host header to backends");
  public static final Flag<Boolean> INSECURE =
      BUILT.onOff("insecure", false, "do not verify the certificates of backends");
  public static final Flag<Integer> IDLE_CONNS_NUM =
      BUILT.integer("idle-conns-num", 64, "most idle connections to a backend host");
  public static final Flag<Integer> MAX_IDLE_CONNECTION_BACKEND =
      BUILT.integer("max-idle-connection-backend", 0, "most idle connections to all backends; 0: any number");
  public static final Flag<Duration> CLOSE_IDLE_CONNS_PERIOD = BUILT.seconds(
      "close-idle-conns-period", 20, "how long an idle connection to a backend is kept; 0 means 20s, negative: for ever");
  public static final Flag<Duration> TIMEOUT_BACKEND =
      BUILT.seconds("timeout-backend", 60, "longest time to connect to a backend");
  public static final Flag<Duration> KEEPALIVE_BACKEND =
      BUILT.seconds(
      "keepalive-backend", 30, "silence after which TCP asks whether a backend is still there; 0 means 15s, negative: never");
  public static final Flag<Boolean> ENABLE_DUALSTACK_BACKEND =
      BUILT.onOff(
      "enable-dualstack-backend", true, "when a backend's name has addresses of IPv4 and IPv6, try both kinds at once after 300ms");
  public static final Flag<Duration> TLS_TIMEOUT_BACKEND =
      BUILT.seconds("tls-timeout-backend", 60, "longest time of a TLS handshake with a backend");
  public static final Flag<Duration> RESPONSE_HEADER_TIMEOUT_BACKEND =
      BUILT.seconds("response-header-timeout-backend", 60, "longest time to the head of a backend's answer; then 504");
  public static final Flag<Duration> EXPECT_CONTINUE_TIMEOUT_BACKEND =
      BUILT.seconds("expect-continue-timeout-backend", 30, "longest wait for a backend's 100; then the body is sent");
  public static final Flag<Boolean> DISABLE_HTTP_KEEPALIVES =
      BUILT.onOff("disable-http-keepalives", false, "a new connection to the backend for each request");
  public static final Flag<Boolean> REMOVE_HOP_HEADERS =
      BUILT.onOff("remove-hop-headers", false, "remove hop-by-hop headers, and those that Connection names");
  public static final Flag<Duration> UPGRADE_DIAL_TIMEOUT = BUILT.seconds(
      "upgrade-dial-timeout", 0, "longest time to connect to a backend for an upgrade; 0 means 30s, negative: any");
  public static final Flag<Map<String, String>> PASSIVE_HEALTH_CHECK = BUILT.map(
      "passive-health-check",
      List.of(
          "period", "min-requests", "min-drop-probability", "max-drop-probability", "max-unhealthy-endpoints-ratio"),
      "give failing endpoints less traffic: period=1m,min-requests=10,max-drop-probability=0.9,…");
  public static final Flag<Map<String, Object>> BACKEND_CLIENTS =
      BUILT.yaml("backend-clients", "settings for connections to backends, by the name that backendClient gives");
  public static final Flag<String> FORWARD_BACKEND_URL =
      BUILT.text("forward-backend-url", "", "address of the backend <forward>");

  static {
    GROUP.ignored("upgrades work without it").onOff("experimental-upgrade", false, "tunnel upgrades such as WebSocket");
    GROUP.planned().onOff("experimental-upgrade-audit", false, "log the request lines and backends' bytes of upgrades");
    GROUP.ignored("bytes of an upgraded connection are passed on at once")
        .millis("backend-flush-interval", 20, "flush interval of upgraded connections");
    GROUP.ignored("it never did anything").seconds("lb-healthcheck-interval", 0, "health checks of endpoints");
  }

  private BackendFlags() {}
}
