package dev.sluice.conformance;

import dev.sluice.cli.GatewayMain;
import dev.sluice.cli.GwctlMain;
import dev.sluice.cli.RunningGateway;
import dev.sluice.cli.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The programs of this build, started inside this process.
final class InProcess implements Programs {

  private static final int TOOL_SECONDS = 60;

  @Override
  public RunningGateway gateway(List<String> arguments, Path folder, Path log) throws IOException, InterruptedException {
    PrintStream out = printer(Files.newOutputStream(log));
    Surroundings surroundings = new Surroundings(folder, InputStream.nullInputStream(), out, out, false, System.getenv());
    return within(START_SECONDS, "the gateway to start", () -> GatewayMain.start(arguments, surroundings));
  }

  @Override
  public ToolRun tool(List<String> arguments, Path folder, byte[] stdin, boolean terminal) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(terminal ? new byte[0] : stdin);
    Surroundings surroundings = new Surroundings(folder, in, printer(out), printer(err), terminal, System.getenv());
    int exit = within(TOOL_SECONDS, "the route tool", () -> {
      int status = GwctlMain.run(arguments, surroundings);
      surroundings.out().flush();
      surroundings.err().flush();
      return status;
    });
    return new ToolRun(exit, Texts.printedText(out.toByteArray()), Texts.printedText(err.toByteArray()));
  }

  @Override
  public boolean haveTerminals() {
    return true;
  }

  private static PrintStream printer(OutputStream out) {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static <T> T within(int seconds, String what, Callable<T> call) throws InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().daemon().name(what).start(task);
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new CaseFailure("waited " + seconds + " s for " + what, e);
    } catch (ExecutionException e) {
      throw new CaseFailure(what + ": " + e.getCause(), e.getCause());
    }
  }
}
