package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Rate limits, circuit breakers, queues, and what other filters take from flags.
public final class LimitFlags {
  static final FlagGroup GROUP = new FlagGroup("Limits and filters");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<Boolean> ENABLE_RATELIMITS =
      BUILT.onOff("enable-ratelimits", false, "allow the rate limit filters");
  public static final Flag<List<Map<String, String>>> RATELIMITS = BUILT.maps(
      "ratelimits",
      List.of("type", "max-hits", "time-window", "group", "fail-closed"),
      "limit on all requests, also allows the rate limit filters: type=client,max-hits=20,time-window=1m");
  public static final Flag<Integer> CLUSTER_RATELIMIT_MAX_GROUP_SHARDS =
      PLANNED.integer("cluster-ratelimit-max-group-shards", 1, "most counters that share one clusterRatelimit group");
  public static final Flag<Boolean> ENABLE_BREAKERS =
      BUILT.onOff("enable-breakers", false, "make the circuit breaker filters work");
  public static final Flag<List<Map<String, String>>> BREAKER = BUILT.maps(
      "breaker",
      List.of("type", "host", "window", "failures", "timeout", "half-open-requests", "idle-ttl"),
      "circuit breaker of all hosts or of one: type=rate,failures=10,window=50,timeout=1m,host=…");
  public static final Flag<Duration> WEBHOOK_TIMEOUT =
      BUILT.seconds("webhook-timeout", 2, "longest time of a call by the filter webhook");
  public static final Flag<List<String>> CREDENTIALS_PATHS =
      BUILT.list("credentials-paths", "files and folders with secrets for filters such as bearerinjector");
  public static final Flag<Duration> CREDENTIALS_UPDATE_INTERVAL =
      PLANNED.seconds("credentials-update-interval", 600, "how often secrets are read again");
  public static final Flag<String> LOG_BODY_DIR =
      PLANNED.text("log-body-dir", "", "folder for the bodies that logBody writes, one file each");
  public static final Flag<String> CSRF_SECRET_FILE =
      PLANNED.text("csrf-secret-file", "", "file with the secret of CSRF tokens; one newline at its end is no part of it");
  public static final Flag<String> AUTH_HMAC_SECRET_FILE =
      PLANNED.text("auth-hmac-secret-file", "", "file with the secret of hashed credentials; one newline at its end is no part of it");
  public static final Flag<Boolean> ENABLE_ROUTE_FIFO_METRICS =
      PLANNED.onOff("enable-route-fifo-metrics", false, "metrics of each fifo queue");
  public static final Flag<Boolean> ENABLE_ROUTE_LIFO_METRICS =
      PLANNED.onOff("enable-route-lifo-metrics", false, "metrics of each lifo queue");

  static {
    var planned = GROUP.planned();
    planned.onOff("enable-api-usage-monitoring", false, "allow the filter apiUsageMonitoring");
    planned.text("api-usage-monitoring-realm-keys", "", "member of the token's payload that holds the realm");
    planned.text("api-usage-monitoring-client-keys", "sub", "members of the token's payload that hold the client, by comma");
    planned.text("api-usage-monitoring-realms-tracking-pattern", "services", "regular expression of realms to count");
    planned.text("api-usage-monitoring-default-client-tracking-pattern", "", "clients to count; deprecated: set it in the filter");
  }

  private LimitFlags() {}
}
