package dev.sluice.cli.flag;

import dev.sluice.proxy.balance.PassiveHealth;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.flag.TlsFlags;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.spi.ArgumentProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What must hold between settings and outside of them before a gateway is started: known words, networks, pairs of files. Each problem ends the
/// gateway with status 1.
public final class SettingChecks {
  private static final Set<String> LEVELS = Set.of("panic", "fatal", "error", "warn", "warning", "info", "debug", "trace");
  private static final List<String> CLIENT_AUTH = List.of(
      "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert");

  /// What must not be left out in silence: without it, clients or backends would be trusted that are not to be.
  private static final List<Flag<?>> PROTECTING = List.of(
      TlsFlags.TLS_CERT,
      TlsFlags.TLS_CLIENT_AUTH,
      TlsFlags.CLIENT_TLS_CERT,
      TlsFlags.MTLS_AUTHN_CA,
      ListenerFlags.ENABLE_PROXY_PROTOCOL,
      ListenerFlags.LISTENERS,
      BackendFlags.BACKEND_CLIENTS,
      LogFlags.LOG_MASK);

  private final GatewaySettings settings;
  private final Function<String, Path> file;

  private SettingChecks(GatewaySettings settings, Function<String, Path> file) {
    this.settings = settings;
    this.file = file;
  }

  /// @param file what a file name in a flag means
  /// @throws FlagProblem for the first setting that cannot be followed
  public static void check(GatewaySettings settings, Function<String, Path> file) throws FlagProblem {
    new SettingChecks(settings, file).check();
  }

  private void check() throws FlagProblem {
    String level = settings.get(LogFlags.APPLICATION_LOG_LEVEL);
    if (!LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
      throw problem(LogFlags.APPLICATION_LOG_LEVEL, "\"" + level + "\" is no log level", "write DEBUG, INFO, WARN or ERROR");
    }
    String auth = settings.get(TlsFlags.TLS_CLIENT_AUTH);
    if (!CLIENT_AUTH.contains(auth)) {
      throw problem(TlsFlags.TLS_CLIENT_AUTH, "\"" + auth + "\" is unknown", "write one of " + String.join(", ", CLIENT_AUTH));
    }
    checkPairs(TlsFlags.TLS_CERT, TlsFlags.TLS_KEY);
    checkPairs(TlsFlags.CLIENT_TLS_CERT, TlsFlags.CLIENT_TLS_KEY);
    checkFiles(TlsFlags.MTLS_AUTHN_CA);
    for (var flag : List.of(
        ListenerFlags.PROXY_ALLOW_CIDRS,
        ListenerFlags.PROXY_DENY_CIDRS,
        ListenerFlags.PROXY_SKIP_CIDRS,
        RequestFlags.TRUSTED_PROXIES,
        RequestFlags.FORWARDED_HEADERS_EXCLUDE_CIDRS)) {
      checkNetworks(flag);
    }
    for (var flag : List.of(
        MetricFlags.HISTOGRAM_METRIC_BUCKETS, MetricFlags.RESPONSE_SIZE_BUCKETS, MetricFlags.REQUEST_SIZE_BUCKETS)) {
      checkNumbers(flag);
    }
    checkHealth();
    checkSources();
    for (Flag<?> flag : PROTECTING) {
      if (settings.given(flag) && flag.status() == Flag.Status.PLANNED) {
        throw problem(flag, "this feature is not built yet, and running without it would not be safe", "leave the flag out");
      }
    }
  }

  private static FlagProblem problem(Flag<?> flag, String message, String help) {
    return FlagProblem.wrongSetting("-" + flag.name() + ": " + message, help);
  }

  private void checkPairs(Flag<List<String>> certificates, Flag<List<String>> keys) throws FlagProblem {
    int wanted = settings.get(certificates).size();
    int given = settings.get(keys).size();
    if (wanted != given) {
      throw problem(certificates, wanted + " certificate" + (wanted == 1 ? "" : "s") + ", but " + given + " in -" + keys.name(),
          "give -" + certificates.name() + " and -" + keys.name() + " as many files, in the same order");
    }
    checkFiles(certificates);
    checkFiles(keys);
  }

  private void checkFiles(Flag<List<String>> flag) throws FlagProblem {
    for (String name : settings.get(flag)) {
      if (!Files.isReadable(file.apply(name))) {
        throw problem(flag, "\"" + name + "\" is no readable file", "name a PEM file");
      }
    }
  }

  private void checkNetworks(Flag<List<String>> flag) throws FlagProblem {
    for (String network : settings.get(flag)) {
      try {
        Cidr.parse(network);
      } catch (ArgumentProblem e) {
        throw problem(flag, String.valueOf(e.getMessage()), "write networks such as 10.0.0.0/8,::1");
      }
    }
  }

  private void checkNumbers(Flag<List<String>> flag) throws FlagProblem {
    for (String number : settings.get(flag)) {
      if (!number.strip().matches("[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?")) {
        throw problem(flag, "\"" + number + "\" is no number", "write numbers such as 0.01,0.1,1");
      }
    }
  }

  private void checkHealth() throws FlagProblem {
    var flag = BackendFlags.PASSIVE_HEALTH_CHECK;
    try {
      PassiveHealth.of(settings.get(flag));
    } catch (IllegalArgumentException e) {
      throw problem(flag, String.valueOf(e.getMessage()), "write period=1m,min-requests=10,max-drop-probability=0.9 and, if wanted,"
          + " min-drop-probability and max-unhealthy-endpoints-ratio");
    }
  }

  private void checkSources() throws FlagProblem {
    var there = Map.of(
        "etcd", !settings.get(RouteFlags.ETCD_URLS).isEmpty(),
        "inline", !settings.get(RouteFlags.INLINE_ROUTES).isEmpty(),
        "eskipfile", !settings.get(RouteFlags.ROUTES).isEmpty(),
        "eskipfile-watch", !settings.get(RouteFlags.ROUTES_FILE).isEmpty() || !settings.get(RouteFlags.ROUTES).isEmpty(),
        "eskipfile-remote", !settings.get(RouteFlags.ROUTES_URLS).isEmpty());
    for (String name : settings.get(RouteFlags.ENSURE_DATACLIENTS)) {
      if (!there.getOrDefault(name, false)) {
        throw problem(RouteFlags.ENSURE_DATACLIENTS, "there is no source \"" + name + "\"", "give the flag that makes it, or take it out");
      }
    }
  }
}
