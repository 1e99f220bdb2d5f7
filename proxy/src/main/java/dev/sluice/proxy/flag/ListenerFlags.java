package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Addresses that the gateway listens on, and how it treats the connections there.
public final class ListenerFlags {
  static final FlagGroup GROUP = new FlagGroup("Listeners");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<String> ADDRESS = BUILT.text("address", ":9090", "address of the main listener: HOST:PORT, :PORT or unix:/PATH");
  public static final Flag<String> INSECURE_ADDRESS =
      BUILT.text("insecure-address", "", "a further listener without TLS, when the main one has it");
  public static final Flag<String> SUPPORT_LISTENER = BUILT.text(
      "support-listener", "127.0.0.1:9911", "address of /metrics and /routes; empty: that of -metrics-listener, if given");
  public static final Flag<String> METRICS_LISTENER =
      BUILT.text("metrics-listener", "", "older name of -support-listener; counts when that one is empty");
  public static final Flag<String> DEBUG_LISTENER =
      BUILT.text("debug-listener", "", "address that answers what would be sent to the backend, and sends nothing");
  public static final Flag<Map<String, Object>> LISTENERS =
      BUILT.yaml("listeners", "further listeners, by name, beside -address, which is the one named main");
  public static final Flag<Boolean> ENABLE_H2C_SERVER =
      BUILT.onOff("enable-h2c-server", false, "accept HTTP/2 without TLS (prior knowledge)");
  public static final Flag<Boolean> ENABLE_PROXY_PROTOCOL =
      BUILT.onOff("enable-proxy-protocol", false, "read the PROXY protocol, version 1 and 2; a peer in no list may not speak it");
  public static final Flag<List<String>> PROXY_ALLOW_CIDRS =
      BUILT.list("proxy-allow-cidrs", "peers whose PROXY header counts");
  public static final Flag<List<String>> PROXY_DENY_CIDRS = BUILT.list("proxy-deny-cidrs", "peers that are refused");
  public static final Flag<List<String>> PROXY_SKIP_CIDRS =
      BUILT.list("proxy-skip-cidrs", "peers that send no PROXY header");
  public static final Flag<Boolean> ENABLE_TCP_QUEUE =
      BUILT.onOff("enable-tcp-queue", false, "bound the connections; further ones wait, the newest is served first");
  public static final Flag<Integer> MAX_TCP_LISTENER_CONCURRENCY = BUILT.integer(
      "max-tcp-listener-concurrency", 0, "connections at once with -enable-tcp-queue; 0: derived from the memory");
  public static final Flag<Integer> MAX_TCP_LISTENER_QUEUE = BUILT.integer(
      "max-tcp-listener-queue", 0, "waiting connections with -enable-tcp-queue; 0: ten times the concurrency, at most 50000");
  public static final Flag<Duration> READ_TIMEOUT_SERVER =
      BUILT.seconds("read-timeout-server", 300, "longest time for a whole request to arrive");
  public static final Flag<Duration> READ_HEADER_TIMEOUT_SERVER =
      BUILT.seconds("read-header-timeout-server", 60, "longest time for a request's head to arrive");
  public static final Flag<Duration> WRITE_TIMEOUT_SERVER = BUILT.seconds(
      "write-timeout-server", 60, "longest time without progress of an answer; when given, longest time of the whole answer");
  public static final Flag<Duration> IDLE_TIMEOUT_SERVER =
      BUILT.seconds("idle-timeout-server", 60, "how long an idle connection is kept");
  public static final Flag<Duration> KEEPALIVE_SERVER =
      BUILT.seconds("keepalive-server", 0, "highest age of a connection; 0: any");
  public static final Flag<Integer> KEEPALIVE_REQUESTS_SERVER =
      BUILT.integer("keepalive-requests-server", 0, "most requests of a connection; 0: any number");
  public static final Flag<Integer> MAX_HEADER_BYTES =
      BUILT.integer("max-header-bytes", 1048576, "largest head of a request, in bytes; a larger one is answered 431");
  public static final Flag<Boolean> ENABLE_CONNECTION_METRICS =
      BUILT.onOff("enable-connection-metrics", false, "count connections by state");

  private ListenerFlags() {}
}
