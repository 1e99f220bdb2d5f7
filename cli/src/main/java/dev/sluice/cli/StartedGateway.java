package dev.sluice.cli;

import dev.sluice.proxy.server.Gateway;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A gateway and its way to the end: told to end, it serves on for a while so that load balancers notice, closes its listeners, lets the
/// requests under way finish, and is gone.
final class StartedGateway implements RunningGateway {
  private final Gateway gateway;
  private final Duration grace;
  private final Duration longest;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /// @param grace how long to serve on after SIGTERM
  /// @param longest how long requests under way have after that
  StartedGateway(Gateway gateway, Duration grace, Duration longest) {
    this.gateway = gateway;
    this.grace = grace;
    this.longest = longest;
  }

  /// Where it listens.
  List<InetSocketAddress> addresses() {
    return gateway.addresses();
  }

  @Override
  public boolean running() {
    return ended.getCount() > 0;
  }

  @Override
  public int exitStatus() {
    return 0;
  }

  @Override
  public void signal(String name) {
    switch (name.startsWith("SIG") ? name.substring(3) : name) {
      case "TERM" -> shutDown(grace);
      case "INT" -> shutDown(Duration.ZERO); // someone is waiting for it
      case "KILL" -> close();
      default -> {} // as a process that does not care
    }
  }

  private void shutDown(Duration wait) {
    if (ending.compareAndSet(false, true)) {
      gateway.shuttingDown();
      Thread.ofVirtual().name("shutdown").start(() -> {
        try {
          if (closing.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return;
          }
          gateway.stop(longest);
        } catch (InterruptedException e) {
          gateway.close();
        } finally {
          ended.countDown();
        }
      });
    }
  }

  @Override
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    ending.set(true);
    closing.countDown();
    gateway.close();
    ended.countDown();
  }
}
