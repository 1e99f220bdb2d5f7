package dev.sluice.proxy.balance;

import dev.sluice.proxy.balance.LoadBalancer.Candidates;
import java.util.Arrays;

/// Points on the circle of unsigned 64-bit numbers, each of an endpoint. A hash belongs to the first point at or behind it; an endpoint that is no
/// candidate is passed over, so that only its own keys move. Immutable.
final class HashRing {
  private static final long SIGN = Long.MIN_VALUE; // turns the order of signed numbers into that of unsigned ones and back

  private final long[] sorted;
  private final int[] owners;

  /// @param points in any order; of equal ones the earlier stands first
  /// @param ownerOfPoint index of each point's endpoint
  HashRing(long[] points, int[] ownerOfPoint) {
    sorted = new long[points.length];
    for (int i = 0; i < points.length; i++) {
      sorted[i] = points[i] ^ SIGN;
    }
    Arrays.sort(sorted);
    owners = new int[points.length];
    Arrays.fill(owners, -1);
    for (int i = 0; i < points.length; i++) {
      int place = atOrBehind(points[i]);
      while (owners[place] >= 0) {
        place++;
      }
      owners[place] = ownerOfPoint[i];
    }
  }

  /// Position of the first candidate's point at or behind `hash`, or -1 when there is no candidate.
  int position(long hash, Candidates left) {
    int start = atOrBehind(hash);
    return seek(start == sorted.length ? 0 : start, left);
  }

  /// Position of the next candidate's point; it may be the same one, or one of the same endpoint.
  int next(int position, Candidates left) {
    return seek(position + 1 == sorted.length ? 0 : position + 1, left);
  }

  /// Index of the endpoint whose point stands there.
  int owner(int position) {
    return owners[position];
  }

  int size() {
    return sorted.length;
  }

  private int seek(int start, Candidates left) {
    int position = start;
    for (int i = 0; i < sorted.length; i++) {
      if (left.has(owners[position])) {
        return position;
      }
      position = position + 1 == sorted.length ? 0 : position + 1;
    }
    return -1;
  }

  private int atOrBehind(long hash) {
    long key = hash ^ SIGN;
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
