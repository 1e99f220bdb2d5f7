package dev.sluice.proxy.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Timers of one loop: a binary heap by time, in which every timer knows its place, so that a cancelled one is gone at once. Used on the
/// loop only.
final class TimerHeap {
  private Entry[] heap = new Entry[64];
  private int size;
  private long dueSince;

  /// @param at time of [System#nanoTime]
  Entry add(long at, Runnable task) {
    Entry entry = new Entry(this, at, task);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    place(entry, size++);
    up(entry.place);
    return entry;
  }

  int size() {
    return size;
  }

  /// Nanoseconds until the next timer is due, 0 when one is; [Long#MAX_VALUE] without timers.
  long delay(long now) {
    return size == 0 ? Long.MAX_VALUE : Math.max(0, heap[0].at - now);
  }

  /// Removes and returns a task that is due; null when none is.
  @Nullable Runnable due(long now) {
    if (size == 0 || heap[0].at - now > 0) {
      return null;
    }
    Entry entry = heap[0];
    dueSince = entry.at;
    remove(entry);
    return entry.task;
  }

  /// When the task that was returned last should have run, as time of [System#nanoTime].
  long dueSince() {
    return dueSince;
  }

  private void remove(Entry entry) {
    int place = entry.place;
    if (place < 0) {
      return;
    }
    entry.place = -1;
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      place(last, place);
      up(place);
      down(last.place);
    }
  }

  private void up(int place) {
    Entry entry = heap[place];
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (heap[parent].at - entry.at <= 0) {
        break;
      }
      place(heap[parent], place);
      place = parent;
    }
    place(entry, place);
  }

  private void down(int place) {
    Entry entry = heap[place];
    while (true) {
      int child = 2 * place + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].at - heap[child].at < 0) {
        child++;
      }
      if (entry.at - heap[child].at <= 0) {
        break;
      }
      place(heap[child], place);
      place = child;
    }
    place(entry, place);
  }

  private void place(Entry entry, int place) {
    heap[place] = entry;
    entry.place = place;
  }

  static final class Entry implements EventLoop.Timer {
    private final TimerHeap owner;
    private final long at;
    private final Runnable task;
    private int place;

    private Entry(TimerHeap owner, long at, Runnable task) {
      this.owner = owner;
      this.at = at;
      this.task = task;
    }

    @Override
    public void cancel() {
      owner.remove(this);
    }
  }
}
