package dev.sluice.proxy.server;

import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.RateControl;

/// Budgets of one HTTP/2 connection for frames that cost us work and its client next to nothing (RFC 9113 §10.5). What goes over one closes
/// the connection with ENHANCE_YOUR_CALM. Used on the connection's loop.
final class FloodControl implements RateControl {
  private static final long WINDOW_NANOS = 1_000_000_000L;

  /// Most PING, SETTINGS, PRIORITY, unknown, CONTINUATION, empty DATA and malformed HEADERS frames a second, and frames for closed streams. A head of the
  /// longest default length (1 MiB) comes in 64 CONTINUATION frames, each counted once or twice; busy clients send a few pings a second.
  static final int FRAMES = 500;

  /// Streams that may be reset each second, by either side (CVE-2023-44487, CVE-2025-5115), unless it is less than half of those that were opened: a
  /// balancer that brings us all its clients over one connection passes on all their cancellations.
  static final int RESETS = 200;

  /// WINDOW_UPDATE frames that are allowed without a DATA frame sent, and for each one sent. Clients open the stream's window and the
  /// connection's for each DATA frame, or less often.
  static final int FREE_WINDOW_UPDATES = 1000;
  static final int WINDOW_UPDATES_PER_DATA = 10;

  private long windowBegan = System.nanoTime();
  private int frames;
  private int resets;
  private int opened;
  private long windowUpdates;
  private long dataSent;

  /// False when an event is one too many.
  @Override
  public boolean onEvent(Object event) {
    roll();
    if (event instanceof ResetFrame) {
      return ++resets <= Math.max(RESETS, opened / 2);
    }
    return ++frames <= FRAMES;
  }

  void streamOpened() {
    roll();
    opened++;
  }

  void dataSent() {
    dataSent++;
  }

  /// False when it is one too many.
  boolean windowUpdated() {
    return ++windowUpdates <= FREE_WINDOW_UPDATES + WINDOW_UPDATES_PER_DATA * dataSent;
  }

  private void roll() {
    long now = System.nanoTime();
    if (now - windowBegan >= WINDOW_NANOS) {
      windowBegan = now;
      frames = 0;
      resets = 0;
      opened = 0;
    }
  }
}
