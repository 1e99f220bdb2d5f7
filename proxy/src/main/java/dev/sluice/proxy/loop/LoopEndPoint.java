package dev.sluice.proxy.loop;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A socket on a loop that keeps its read interest between messages, which saves two epoll_ctl and one failing read for each.
///
/// While nobody wants to read, a server's end point reads ahead into a bounded buffer: pipelined bytes are kept, and the end of the stream or a
/// reset is told to the connection at once ([Departure]). A client's end point drops its interest instead, which is backpressure. The
/// interest is also dropped when the buffer is full and after a wake-up without bytes, or the selector would spin.
public final class LoopEndPoint extends SocketChannelEndPoint {
  /// Told by the end point that the peer has left while nobody was reading.
  public interface Departure {
    /// @param reset true after a reset, false after an orderly end of the peer's bytes (which may still be reading)
    void departed(boolean reset);
  }

  /// A connection that reads ahead itself, since the socket's bytes are not what its peer has to say: TLS.
  public interface ReadsAhead {
    /// Called when there is something to read while nobody wants to; reads what is there and bounds what it keeps.
    ///
    /// @return false when it is not to be called again before somebody wants to read
    boolean readAhead();
  }

  private static final int READ_AHEAD = 4096;

  private final LoopSelector loop;
  private final @Nullable Object attachment;
  private final @Nullable ByteBufferPool readAhead;
  private final Invocable.Task onReady = new Invocable.ReadyTask(Invocable.InvocationType.NON_BLOCKING, this::ready);
  private final Runnable onFillable = () -> getFillInterest().fillable();
  private SelectionKey key;
  private int interest;
  private int ready;
  private boolean readable;
  private boolean ended;
  private boolean lingerOnClose;
  private boolean lingering;
  private RetainableByteBuffer.@Nullable Mutable ahead;
  private @Nullable SocketAddress source;
  private @Nullable SocketAddress destination;

  /// @param readAhead where the buffer for reading ahead comes from; null: the interest is dropped while nobody reads
  public LoopEndPoint(
      SocketChannel channel, LoopSelector loop, SelectionKey key, Scheduler scheduler, @Nullable ByteBufferPool readAhead) {
    super(channel, loop, key, scheduler);
    this.loop = loop;
    this.key = key;
    this.attachment = key.attachment();
    this.readAhead = readAhead;
    // At once: the interest is set before the selector's next round of updates.
    key.attach(this);
  }

  public LoopSelector loop() {
    return loop;
  }

  /// What the socket was registered with, or null.
  public @Nullable Object attachment() {
    return attachment;
  }

  /// The peer passes on a connection from one address to another: from now on these are the ends of this one.
  public void speaksFor(SocketAddress from, SocketAddress to) {
    source = from;
    destination = to;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    SocketAddress said = source;
    return said == null ? super.getRemoteSocketAddress() : said;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    SocketAddress said = destination;
    return said == null ? super.getLocalSocketAddress() : said;
  }

  /// True when nothing can be read without a wake-up first.
  public boolean drained() {
    return !readable && ahead == null && !ended;
  }

  /// The next read asks the socket, whether or not a select has said that there is something. Costs a system call.
  public void lookAgain() {
    readable = true;
  }

  /// The coming close waits a little for the peer's end while it throws away what still comes, so that a last answer is not lost to a reset
  /// (RFC 9112 §9.6).
  public void lingerOnClose() {
    lingerOnClose = true;
  }

  @Override
  public @Nullable Runnable onSelected() {
    ready = key.readyOps();
    if ((ready & SelectionKey.OP_WRITE) != 0) {
      interest(interest & ~SelectionKey.OP_WRITE);
    }
    readable |= (ready & SelectionKey.OP_READ) != 0;
    return ready == 0 ? null : onReady;
  }

  private void ready() {
    int ops = ready;
    loop.enter();
    try {
      if ((ops & SelectionKey.OP_WRITE) != 0) {
        getWriteFlusher().completeWrite();
      }
      if ((ops & SelectionKey.OP_READ) != 0 && readable && !getFillInterest().fillable()) {
        unwanted();
      }
    } finally {
      loop.drain();
    }
  }

  private void unwanted() {
    if (!isOpen() || readAhead == null || ended) {
      interest(interest & ~SelectionKey.OP_READ);
      return;
    }
    if (getConnection() instanceof ReadsAhead connection) {
      if (!connection.readAhead()) {
        interest(interest & ~SelectionKey.OP_READ);
      }
      return;
    }
    RetainableByteBuffer.Mutable buffer = ahead == null ? readAhead.acquire(READ_AHEAD, true) : ahead;
    ahead = buffer;
    ByteBuffer bytes = buffer.getByteBuffer();
    int space = BufferUtil.space(bytes);
    boolean reset = false;
    int filled = 0;
    int start = BufferUtil.flipToFill(bytes);
    try {
      loop.reads++;
      filled = getChannel().read(bytes);
    } catch (IOException e) {
      reset = true;
    }
    BufferUtil.flipToFlush(bytes, start);
    readable = filled == space && space > 0;
    ended = reset || filled < 0;
    if (filled <= 0 || filled == space) {
      interest(interest & ~SelectionKey.OP_READ);
    }
    boolean kept = buffer.hasRemaining();
    if (!kept) {
      releaseAhead();
    }
    if (ended && (reset || !kept) && getConnection() instanceof Departure connection) {
      connection.departed(reset);
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    RetainableByteBuffer.Mutable kept = ahead;
    if (kept != null) {
      int moved = BufferUtil.append(buffer, kept.getByteBuffer());
      if (!kept.hasRemaining()) {
        releaseAhead();
      }
      return moved;
    }
    if (ended) {
      shutdownInput();
      return -1;
    }
    if (!readable) {
      return isInputShutdown() ? -1 : 0;
    }
    int space = BufferUtil.space(buffer);
    int filled = super.fill(buffer);
    loop.reads++;
    readable = filled == space;
    ended = filled < 0;
    return filled;
  }

  @Override
  public boolean flush(ByteBuffer... buffers) throws IOException {
    loop.writes++;
    if (buffers.length != 1) {
      return super.flush(buffers);
    }
    // One buffer needs no gathering write.
    ByteBuffer buffer = buffers[0];
    try {
      if (getChannel().write(buffer) > 0) {
        notIdle();
      }
    } catch (IOException e) {
      throw new EofException(e);
    }
    return !buffer.hasRemaining();
  }

  @Override
  protected void needsFillInterest() {
    if (!loop.inLoop()) {
      loop.execute(this::needsFillInterest);
    } else if (drained()) {
      interest(interest | SelectionKey.OP_READ);
    } else {
      loop.execute(onFillable);
    }
  }

  @Override
  protected void onIncompleteFlush() {
    if (loop.inLoop()) {
      interest(interest | SelectionKey.OP_WRITE);
    } else {
      loop.execute(this::onIncompleteFlush);
    }
  }

  private void interest(int ops) {
    if (ops == interest) {
      return;
    }
    interest = ops;
    loop.interestChanges++;
    try {
      key.interestOps(ops);
    } catch (CancelledKeyException e) {
      close(e);
    }
  }

  /// The interest is set where it changes; nothing is left for the selector to do.
  @Override
  public void updateKey() {}

  @Override
  public void replaceKey(SelectionKey newKey) {
    super.replaceKey(newKey);
    key = newKey;
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    if (readAhead != null) {
      loop.clientLeft();
    }
  }

  @Override
  public boolean isOpen() {
    return !lingering && super.isOpen();
  }

  @Override
  public void doClose() {
    if (loop.inLoop()) {
      releaseAhead();
    } else {
      loop.execute(this::releaseAhead);
    }
    if (lingerOnClose && !ended && super.isOpen() && loop.inLoop()) {
      lingering = true;
      Linger.begin(loop, key, getChannel());
    } else {
      super.doClose();
    }
  }

  private void releaseAhead() {
    RetainableByteBuffer.Mutable kept = ahead;
    ahead = null;
    if (kept != null) {
      kept.release();
    }
  }
}
