package dev.sluice.proxy.loop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// The last moments of a socket whose owner has closed it: its output is shut down, its input is thrown away until the peer closes, up to half a
/// second and 256 KiB. A close with unread bytes would be a reset, and the peer might lose the answer that was just sent.
final class Linger implements ManagedSelector.Selectable, Closeable {
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST = 256 << 10;

  private final SocketChannel channel;
  private final ByteBuffer waste = ByteBuffer.allocate(4096);
  private int read;
  private EventLoop.Timer timer = () -> {};

  private Linger(SocketChannel channel) {
    this.channel = channel;
  }

  static void begin(LoopSelector loop, SelectionKey key, SocketChannel channel) {
    Linger linger = new Linger(channel);
    try {
      channel.shutdownOutput();
      key.attach(linger);
      key.interestOps(SelectionKey.OP_READ);
      linger.timer = loop.schedule(LONGEST, linger::close);
    } catch (IOException | RuntimeException e) {
      linger.close();
    }
  }

  @Override
  public @Nullable Runnable onSelected() {
    try {
      waste.clear();
      int n = channel.read(waste);
      read += Math.max(n, 0);
      if (n < 0 || read > MOST) {
        close();
      }
    } catch (IOException e) {
      close();
    }
    return null;
  }

  @Override
  public void updateKey() {}

  @Override
  public void replaceKey(SelectionKey newKey) {}

  @Override
  public void close() {
    timer.cancel();
    IO.close(channel);
  }
}
