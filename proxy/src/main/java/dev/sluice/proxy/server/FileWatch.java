package dev.sluice.proxy.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells filters when a file of an argument (a secret, a template) may have changed. One virtual thread looks at all of them five times a second: size,
/// time and identity, following links, so that replaced files and swapped links count as well. The thread runs only while a file is watched.
final class FileWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final ConcurrentHashMap<Object, Watched> watched = new ConcurrentHashMap<>();
  private @Nullable Thread thread;

  AutoCloseable watch(Path file, Runnable changed) {
    Object key = new Object();
    watched.put(key, new Watched(file, changed, state(file)));
    start();
    return () -> watched.remove(key);
  }

  private synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("file-watch").start(this::run);
    }
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        return;
      }
      watched.values().forEach(Watched::look);
    }
  }

  private static Object state(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return java.util.List.of(attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      return "unreadable";
    }
  }

  @Override
  public synchronized void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private static final class Watched {
    private final Path file;
    private final Runnable changed;
    private Object last;

    Watched(Path file, Runnable changed, Object last) {
      this.file = file;
      this.changed = changed;
      this.last = last;
    }

    void look() {
      Object now = state(file);
      if (!now.equals(last)) {
        last = now;
        changed.run();
      }
    }
  }
}
