package dev.sluice.proxy.filter.body;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that wait: appended at the end, taken from the front.
final class ByteQueue {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private int searched;

  int size() {
    return to - from;
  }

  void append(ByteBuffer in) {
    int count = in.remaining();
    reserve(count);
    in.get(bytes, to, count);
    to += count;
  }

  /// Puts bytes in front of the others.
  void putBack(byte[] front) {
    byte[] all = new byte[front.length + size()];
    System.arraycopy(front, 0, all, 0, front.length);
    System.arraycopy(bytes, from, all, front.length, size());
    bytes = all;
    from = 0;
    to = all.length;
    searched = 0;
  }

  byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, from, from + count);
    from += count;
    searched = from;
    if (from == to) {
      from = 0;
      to = 0;
      searched = 0;
    }
    return taken;
  }

  /// Offset of the first occurrence from the front, or -1. Does not look twice at what it looked at before.
  int find(byte[] what) {
    for (int i = Math.max(from, searched); i + what.length <= to; i++) {
      if (Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i - from;
      }
    }
    searched = Math.max(from, to - what.length + 1);
    return -1;
  }

  private void reserve(int count) {
    if (to + count <= bytes.length) {
      return;
    }
    int size = size();
    byte[] larger = size + count <= bytes.length && from > bytes.length / 2
        ? bytes
        : new byte[Math.max(1024, (size + count) * 3 / 2)];
    System.arraycopy(bytes, from, larger, 0, size);
    bytes = larger;
    searched = Math.max(0, searched - from);
    from = 0;
    to = size;
  }
}
