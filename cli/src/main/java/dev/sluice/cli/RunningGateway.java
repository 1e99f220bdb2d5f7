package dev.sluice.cli;

/// A gateway started by [GatewayMain#start]. Its methods may be called from any thread.
public interface RunningGateway extends AutoCloseable {

  /// Whether it listens. False after it refused to start, and after it ended.
  boolean running();

  /// 0 while it runs and after an orderly end; 2 after wrong flags, 1 after any other refusal to start.
  int exitStatus();

  /// Does what a signal of that name (`TERM`, `INT`, `HUP`; `SIG` in front is allowed) does to the process. Returns at
  /// once; a shutdown goes on by itself.
  void signal(String name);

  /// Waits until it has ended: at once when it refused to start.
  void await() throws InterruptedException;

  /// Ends it without the grace period and frees what it holds. No-op when it has ended.
  @Override
  void close();
}
