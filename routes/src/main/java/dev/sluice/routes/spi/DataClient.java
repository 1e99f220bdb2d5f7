package dev.sluice.routes.spi;

import java.util.function.Consumer;

/// A source of route texts. Runs on a virtual thread of its own.
public interface DataClient extends AutoCloseable {
  /// Name in diagnostics and on the support listener, for example `file routes.gw`.
  String name();

  /// Publishes whole snapshots until the thread is interrupted or [#close] is called. The first one comes as soon as the source could be read.
  void run(Consumer<Snapshot> publish) throws InterruptedException;

  @Override
  void close();
}
