package dev.sluice.cli;

import dev.sluice.cli.flag.CommandLineFlags;
import dev.sluice.cli.flag.FlagHelp;
import dev.sluice.cli.flag.FlagProblem;
import dev.sluice.cli.flag.SettingChecks;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.TerminalRenderer;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.Gateway;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.proxy.server.StartProblem;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From a command line to a running gateway, or to an exit status.
final class GatewayCommand {
  private static final int CANNOT_START = 1;

  private final Surroundings surroundings;
  private final PrintStream err;

  GatewayCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.err = surroundings.err();
  }

  RunningGateway start(List<String> args) {
    try {
      var flags = CommandLineFlags.read(
          args, surroundings.environment(), surroundings::file, warning -> err.println("warning: " + warning));
      if (flags.help()) {
        return said(FlagHelp.text());
      }
      if (flags.settings().get(ProcessFlags.VERSION)) {
        return said(Version.line("gateway") + "\n");
      }
      return start(flags);
    } catch (FlagProblem e) {
      complain(String.valueOf(e.getMessage()), e.help());
      return new Ended(e.exitStatus());
    }
  }

  private RunningGateway start(CommandLineFlags flags) throws FlagProblem {
    if (!flags.rest().isEmpty()) {
      String first = flags.rest().getFirst();
      throw FlagProblem.wrongSetting("unexpected argument \"" + first + "\"", "write -routes " + first + " if it is a route file");
    }
    GatewaySettings settings = flags.settings();
    SettingChecks.check(settings, surroundings::file);
    if (!inlineRoutesAreRight(settings)) {
      return new Ended(CANNOT_START);
    }
    try {
      Gateway gateway = Gateway.start(settings, InstalledCatalog.load(), surroundings.directory(), err);
      return new StartedGateway(gateway, grace(settings), settings.get(ProcessFlags.SHUTDOWN_TIMEOUT));
    } catch (StartProblem e) {
      complain(String.valueOf(e.getMessage()), null);
      return new Ended(CANNOT_START);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(CANNOT_START);
    }
  }

  /// Someone at a terminal need not wait for a load balancer to notice.
  private Duration grace(GatewaySettings settings) {
    boolean wait = settings.given(ProcessFlags.WAIT_FOR_HEALTHCHECK_INTERVAL) || !surroundings.terminalInput();
    return wait ? settings.get(ProcessFlags.WAIT_FOR_HEALTHCHECK_INTERVAL) : Duration.ZERO;
  }

  /// Text on the command line cannot be mended while the gateway runs, so it is refused at once.
  private boolean inlineRoutesAreRight(GatewaySettings settings) {
    ParseResult read = RouteParser.parse(SourceText.of("-inline-routes", settings.get(RouteFlags.INLINE_ROUTES)));
    if (!read.ok()) {
      err.print(new TerminalRenderer(surroundings.colours()).render(read.diagnostics()));
      err.flush();
    }
    return read.ok();
  }

  private RunningGateway said(String text) {
    surroundings.out().print(text);
    surroundings.out().flush();
    return new Ended(0);
  }

  private void complain(String message, @Nullable String help) {
    err.println("error: " + message);
    if (help != null) {
      err.println("  help: " + help);
    }
    err.flush();
  }

  /// One that never ran.
  private record Ended(int exitStatus) implements RunningGateway {
    @Override
    public boolean running() {
      return false;
    }

    @Override
    public void signal(String name) {}

    @Override
    public void await() {}

    @Override
    public void close() {}
  }
}
