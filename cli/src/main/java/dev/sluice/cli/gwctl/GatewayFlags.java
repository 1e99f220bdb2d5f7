package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.flag.CommandLineFlags;
import dev.sluice.cli.flag.FlagProblem;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Flags of the gateway as options of a command, and the gateway's configuration file behind `-config`.
final class GatewayFlags {
  /// Those that change routes.
  static final List<Flag<?>> ROUTES = List.of(
      RouteFlags.DEFAULT_FILTERS_PREPEND,
      RouteFlags.DEFAULT_FILTERS_APPEND,
      RouteFlags.CLONE_ROUTE,
      RouteFlags.EDIT_ROUTE,
      BackendFlags.FORWARD_BACKEND_URL,
      RouteFlags.DISABLED_FILTERS,
      ProcessFlags.EXPAND_ENV,
      ProcessFlags.ENV_FILE);

  /// Those that change how a request is read before it is routed.
  static final List<Flag<?>> REQUESTS = List.of(
      RequestFlags.NORMALIZE_HOST,
      RequestFlags.IGNORE_TRAILING_SLASH,
      RequestFlags.RFC_PATCH_PATH,
      RequestFlags.STRICT_HTTP,
      RequestFlags.VALIDATE_QUERY,
      RequestFlags.TRUSTED_PROXIES,
      RequestFlags.FORWARDED_HEADERS,
      RequestFlags.FORWARDED_HEADERS_EXCLUDE_CIDRS,
      RequestFlags.MAX_LOOPBACKS);

  private GatewayFlags() {}

  static CommandSpec declare(CommandSpec spec, List<Flag<?>> flags) {
    spec.addOption(Options.text("config", "FILE", "the gateway's configuration file"));
    for (Flag<?> flag : flags) {
      String summary = "as of the gateway: " + flag.summary();
      spec.addOption(flag.kind() == Flag.Kind.SWITCH
          ? Options.onOff(flag.name(), summary)
          : Options.several("VALUE", summary, "-" + flag.name(), "--" + flag.name()));
    }
    return spec;
  }

  /// The first of the flags that is on the command line, without its dash; `config` counts as one.
  static @Nullable String firstGiven(ParseResult args, List<Flag<?>> flags) {
    return args.hasMatchedOption("-config")
        ? "config"
        : flags.stream().map(Flag::name).filter(name -> args.hasMatchedOption("-" + name)).findFirst().orElse(null);
  }

  /// The settings of a gateway with these flags; the command line wins over the file.
  static GatewaySettings read(ParseResult args, List<Flag<?>> flags, Surroundings surroundings) throws UsageProblem {
    var line = new ArrayList<String>();
    String config = Options.text(args, "config");
    if (config != null) {
      line.addAll(List.of("-config-file", config));
    }
    for (Flag<?> flag : flags) {
      if (flag.kind() == Flag.Kind.SWITCH) {
        if (args.hasMatchedOption("-" + flag.name())) {
          line.add("-" + flag.name() + "=" + Options.isOn(args, flag.name()));
        }
      } else {
        Options.several(args, "-" + flag.name()).forEach(value -> line.add("-" + flag.name() + "=" + value));
      }
    }
    var console = new Console(surroundings);
    try {
      return CommandLineFlags.read(line, surroundings.environment(), surroundings::file, console::line).settings();
    } catch (FlagProblem e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), e.help());
    }
  }
}
