package dev.sluice.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// So many GET requests in each second, whether or not earlier ones have their answers. A request's time is counted from the moment it was due, so
/// that a server that stands still is charged for all that waited (no coordinated omission). One thread.
///
/// @param rate requests a second over all connections
record ConstantRate(String path, int connections, int rate) implements Load.Generator {
  private static final long DRAIN_NANOS = 2_000_000_000L;

  @Override
  public boolean installed() {
    return true;
  }

  @Override
  public Load run(int port, int seconds) throws IOException {
    Histogram times = new Histogram(60_000_000_000L, 3);
    byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    List<Client> clients = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        clients.add(new Client(port, selector, request, times));
      }
      long begin = System.nanoTime();
      long total = (long) rate * seconds;
      long next = 0;
      long end = begin + seconds * 1_000_000_000L + DRAIN_NANOS;
      while (times.getTotalCount() + failed(clients) < total && System.nanoTime() < end) {
        long now = System.nanoTime();
        for (long due = begin + next * 1_000_000_000L / rate; next < total && due <= now; due = begin + next * 1_000_000_000L / rate) {
          clients.get((int) (next % connections)).ask(due);
          next++;
        }
        selector.selectNow(key -> ((Client) key.attachment()).read());
      }
      long lost = total - times.getTotalCount();
      return new Load(times.getTotalCount(), 0, times.getTotalCount() / (double) seconds,
          times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6, lost);
    } finally {
      for (Client client : clients) {
        client.channel.close();
      }
    }
  }

  private static long failed(List<Client> clients) {
    long failed = 0;
    for (Client client : clients) {
      failed += client.failed;
    }
    return failed;
  }

  /// One connection: a request under way at a time, others wait in line.
  private static final class Client {
    final SocketChannel channel;
    private final byte[] request;
    private final Histogram times;
    private final ArrayDeque<Long> due = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
    private boolean asked;
    private long failed;
    private boolean broken;

    Client(int port, Selector selector, byte[] request, Histogram times) throws IOException {
      this.request = request;
      this.times = times;
      channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask(long time) {
      if (broken) {
        failed++;
        return;
      }
      due.add(time);
      if (!asked) {
        send();
      }
    }

    private void send() {
      asked = true;
      try {
        ByteBuffer out = ByteBuffer.wrap(request);
        while (out.hasRemaining()) {
          channel.write(out);
        }
      } catch (IOException e) {
        broke();
      }
    }

    void read() {
      try {
        if (channel.read(in) < 0) {
          broke();
          return;
        }
      } catch (IOException e) {
        broke();
        return;
      }
      if (!complete()) {
        return;
      }
      times.recordValue(Math.min(System.nanoTime() - due.remove(), times.getHighestTrackableValue()));
      in.clear();
      asked = false;
      if (!due.isEmpty()) {
        send();
      }
    }

    /// Whether all of an answer with a length is there; one with another status breaks the connection.
    private boolean complete() {
      String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      int at = text.toLowerCase(Locale.ROOT).indexOf("\r\ncontent-length:");
      if (!text.startsWith("HTTP/1.1 200") || at < 0 || at > end) {
        broke();
        return false;
      }
      int line = text.indexOf("\r\n", at + 2);
      return in.position() >= end + 4 + Integer.parseInt(text.substring(at + 17, line).strip());
    }

    private void broke() {
      broken = true;
      failed += due.size();
      due.clear();
      try {
        channel.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }
}
