package dev.sluice.proxy.upstream;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/// TCP keep-alive as Go's `net.Dialer` sets it: first after the given silence, then each 15 s, and the connection is lost with the ninth question that
/// has no answer. Systems that let nobody choose have their own times.
final class KeepAlive {
  private static final int USUAL_SECONDS = 15;
  private static final int QUESTIONS = 9;

  private KeepAlive() {}

  /// @param silence zero: 15 s, negative: no keep-alive
  static void set(SocketChannel channel, Duration silence) throws IOException {
    if (silence.isNegative()) {
      return;
    }
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    // The system knows whole seconds, no more than 32767 of them.
    int seconds = silence.isZero() ? USUAL_SECONDS : (int) Math.clamp(silence.plusNanos(999_999_999).toSeconds(), 1, Short.MAX_VALUE);
    set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
    set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, USUAL_SECONDS);
    set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, QUESTIONS);
  }

  private static void set(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }
}
