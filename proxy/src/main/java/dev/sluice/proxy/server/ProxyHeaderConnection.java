package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopEndPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// Reads the PROXY header of a connection before anything else, TLS included, and gives way to the connection proper. On the loop.
///
/// As in Skipper a peer that is allowed need not send one: after a second without it, or at the first byte that fits none, it speaks for itself. A
/// broken header, and any header of a peer that may send none, closes the connection without an answer.
final class ProxyHeaderConnection extends AbstractConnection implements Connection.UpgradeFrom {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

  private final LoopEndPoint socket;
  private final boolean believed;
  private final Supplier<Connection> next;
  private ByteBuffer bytes = BufferUtil.allocate(256);
  private EventLoop.Timer clock = () -> {};
  private boolean certain;

  /// @param believed false: the peer may send no header
  /// @param next makes the connection proper
  ProxyHeaderConnection(LoopEndPoint socket, boolean believed, Supplier<Connection> next) {
    super(socket, socket.loop()::execute);
    this.socket = socket;
    this.believed = believed;
    this.next = next;
  }

  @Override
  public void onOpen() {
    super.onOpen();
    clock = socket.loop().schedule(LONGEST, this::overdue);
    fillInterested();
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    clock.cancel();
    super.onClose(cause);
  }

  @Override
  public void onFillable() {
    try {
      while (true) {
        if (BufferUtil.space(bytes) == 0) {
          bytes = BufferUtil.ensureCapacity(bytes, ProxyHeader.LONGEST);
        }
        int filled = socket.fill(bytes);
        if (filled < 0) {
          socket.close();
          return;
        }
        if (filled == 0) {
          fillInterested();
          return;
        }
        if (decided()) {
          return;
        }
      }
    } catch (IOException e) {
      socket.close(e);
    }
  }

  private boolean decided() {
    switch (ProxyHeader.read(bytes)) {
      case ProxyHeader.Incomplete(var isHeader) -> {
        certain = isHeader;
        if (isHeader && !believed) {
          socket.close();
          return true;
        }
        return false;
      }
      case ProxyHeader.Absent() -> goOn();
      case ProxyHeader.Broken _ -> socket.close();
      case ProxyHeader.Complete(var length, var addresses) -> {
        if (!believed) {
          socket.close();
          return true;
        }
        bytes.position(bytes.position() + length);
        if (addresses != null) {
          socket.speaksFor(addresses.source(), addresses.destination());
        }
        goOn();
      }
    }
    return true;
  }

  private void goOn() {
    clock.cancel();
    socket.upgrade(next.get());
  }

  private void overdue() {
    socket.getFillInterest().onFail(new TimeoutException("no PROXY header in time"));
  }

  @Override
  protected boolean onReadTimeout(TimeoutException timeout) {
    if (!certain) {
      goOn();
    }
    return certain;
  }

  @Override
  public @Nullable ByteBuffer onUpgradeFrom() {
    return BufferUtil.hasContent(bytes) ? bytes : null;
  }
}
