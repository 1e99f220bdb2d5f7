package dev.sluice.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The right to use the ports of a base, against other runs on this machine.
///
/// It is an advisory lock of the kind that `flock(2)` gives, taken by the program of that name, since Java has only the other
/// kind; without that program it is Java's kind, which holds other runs of this module off.
final class PortLock implements AutoCloseable {

  private final AutoCloseable held;

  private PortLock(AutoCloseable held) {
    this.held = held;
  }

  /// Takes the lock, waiting for it at most so long; empty when another run has it.
  static Optional<PortLock> take(PortBase base, int seconds) throws IOException {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "gateway-conformance-%d.lock".formatted(base.base()));
    Process process;
    try {
      process = new ProcessBuilder(
          "flock", "-w", String.valueOf(seconds), file.toString(), "sh", "-c", "echo held; exec cat").start();
    } catch (IOException e) {
      return takeWithoutProgram(file);
    }
    BufferedReader reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return "held".equals(reader.readLine())
        ? Optional.of(new PortLock(() -> {
          process.getOutputStream().close();
          process.waitFor();
        }))
        : Optional.empty();
  }

  private static Optional<PortLock> takeWithoutProgram(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new PortLock(channel));
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot give back the lock of a port base", e);
    }
  }
}
