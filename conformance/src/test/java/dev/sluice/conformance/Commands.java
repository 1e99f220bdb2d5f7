package dev.sluice.conformance;

import dev.sluice.cli.RunningGateway;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs that are started as processes, by these commands.
record Commands(List<String> gateway, List<String> tool) implements Programs {

  @Override
  public RunningGateway gateway(List<String> arguments, Path folder, Path log) throws IOException {
    return new Started(start(gateway, arguments, folder, log));
  }

  /// Starts a command that prints into the log file.
  static Process start(List<String> command, List<String> arguments, Path folder, Path log) throws IOException {
    return builder(command, arguments, folder).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static ProcessBuilder builder(List<String> command, List<String> arguments, Path folder) {
    List<String> words = new ArrayList<>(command);
    words.addAll(arguments);
    return new ProcessBuilder(words).directory(folder.toFile());
  }

  @Override
  public ToolRun tool(List<String> arguments, Path folder, byte[] stdin, boolean terminal)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("conformance", ".out");
    Path err = Files.createTempFile("conformance", ".err");
    try {
      Process process = builder(tool, arguments, folder).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(stdin);
      } catch (IOException e) {
        // The tool ended without reading its input.
      }
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new CaseFailure("waited 60 s for the route tool");
      }
      return new ToolRun(process.exitValue(),
          Texts.printedText(Files.readAllBytes(out)), Texts.printedText(Files.readAllBytes(err)));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  @Override
  public boolean haveTerminals() {
    return false;
  }

  /// Ends a process and all that it started.
  static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Started(Process process) implements RunningGateway {

    @Override
    public boolean running() {
      return process.isAlive();
    }

    @Override
    public int exitStatus() {
      return process.exitValue();
    }

    @Override
    public void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
      } catch (IOException e) {
        throw new CaseFailure("cannot send a signal", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void await() throws InterruptedException {
      process.waitFor();
    }

    @Override
    public void close() {
      end(process);
    }
  }
}
