package dev.sluice.proxy.observe;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A log file that is written at its end. When something has renamed or removed it, a new one of the same name is begun within a second, so
/// that logrotate and the like work without a signal. Writes come from one thread, or are whole lines.
public final class LogFile extends OutputStream {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path path;
  private FileOutputStream file;
  private @Nullable Object key;
  private long looked = System.nanoTime();
  private volatile boolean reopen;

  /// Opens the file, and makes it when there is none.
  public LogFile(Path path) throws IOException {
    this.path = path;
    this.file = open(path);
    this.key = key(path);
  }

  /// No channel: that would be closed for good when a thread that writes is interrupted.
  private static FileOutputStream open(Path path) throws IOException {
    return new FileOutputStream(path.toFile(), true);
  }

  private static @Nullable Object key(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Closes the file and opens it again before the next write. From any thread.
  public void reopen() {
    reopen = true;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    follow();
    file.write(bytes, from, length);
  }

  private void follow() throws IOException {
    long now = System.nanoTime();
    if (!reopen && now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    Object found = key(path);
    if (reopen || found == null || !found.equals(key)) {
      reopen = false;
      FileOutputStream next = open(path);
      file.close();
      file = next;
      key = key(path);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
