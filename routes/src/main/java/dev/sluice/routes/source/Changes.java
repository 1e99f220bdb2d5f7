package dev.sluice.routes.source;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits until something may have changed in some directories: by the platform's file events, and after a time in any case,
/// because events may be lost (network file systems, limits).
final class Changes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  private final @Nullable WatchService events;
  private final Map<Path, WatchKey> watched = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean closed;

  Changes() {
    WatchService service = null;
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("no file events, route files are looked at from time to time only: {}", e.getMessage());
    }
    events = service;
  }

  /// Watches these directories, and no others from now on. One that cannot be watched is left out.
  void watch(Set<Path> directories) {
    watched.entrySet().removeIf(entry -> {
      boolean stale = !directories.contains(entry.getKey()) || !entry.getValue().isValid();
      if (stale) {
        entry.getValue().cancel();
      }
      return stale;
    });
    for (Path directory : directories) {
      if (events != null && !watched.containsKey(directory)) {
        try {
          watched.put(directory, directory.register(events, StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE));
        } catch (IOException e) {
          LOG.debug("not watched: {}: {}", directory, e.getMessage());
        }
      }
    }
  }

  /// @param most returns after this time at the latest
  /// @return false when closed
  boolean await(Duration most) throws InterruptedException {
    if (events == null) {
      return pause(most);
    }
    try {
      for (WatchKey key = events.poll(most.toMillis(), TimeUnit.MILLISECONDS); key != null; key = events.poll()) {
        key.pollEvents();
        key.reset();
      }
      return !isClosed();
    } catch (ClosedWatchServiceException e) {
      return false;
    }
  }

  /// Lets the time pass.
  ///
  /// @return false when closed
  boolean pause(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = time.toNanos();
      while (!closed && left > 0) {
        left = closing.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (events != null) {
        events.close();
      }
    } catch (IOException e) {
      LOG.debug("closing file events", e);
    }
  }
}
