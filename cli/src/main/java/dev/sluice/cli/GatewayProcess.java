package dev.sluice.cli;

import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.server.Gateway;
import dev.sluice.proxy.server.GatewaySettings;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A gateway with the life of a process: it runs, is told to end, and has an exit status.
final class GatewayProcess implements RunningGateway {
  private final @Nullable Gateway gateway;
  private final GatewaySettings settings;
  private final int exitStatus;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /// One that did not start.
  GatewayProcess(int exitStatus) {
    this.gateway = null;
    this.settings = GatewaySettings.defaults();
    this.exitStatus = exitStatus;
    ended.countDown();
  }

  GatewayProcess(Gateway gateway, GatewaySettings settings) {
    this.gateway = gateway;
    this.settings = settings;
    this.exitStatus = 0;
  }

  @Override
  public boolean running() {
    return ended.getCount() > 0;
  }

  @Override
  public int exitStatus() {
    return exitStatus;
  }

  @Override
  public void signal(String name) {
    Gateway running = gateway;
    String plain = name.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
    if (running != null && (plain.equals("TERM") || plain.equals("INT")) && ending.compareAndSet(false, true)) {
      Thread.ofPlatform().name("shutdown").start(() -> shutDown(running, plain.equals("TERM")));
    }
  }

  /// @param gracefully first waits for load balancers to notice, as Skipper does on TERM
  private void shutDown(Gateway running, boolean gracefully) {
    try {
      running.shuttingDown();
      Duration wait = settings.get(ProcessFlags.WAIT_FOR_HEALTHCHECK_INTERVAL);
      if (gracefully && settings.given(ProcessFlags.WAIT_FOR_HEALTHCHECK_INTERVAL)) {
        ended.await(wait.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
      }
      running.stop(settings.get(ProcessFlags.SHUTDOWN_TIMEOUT));
    } catch (InterruptedException e) {
      running.close();
    } finally {
      ended.countDown();
    }
  }

  @Override
  public void await() throws InterruptedException {
    ended.await();
  }

  @Override
  public void close() {
    Gateway running = gateway;
    if (running != null) {
      running.close();
    }
    ended.countDown();
  }
}
