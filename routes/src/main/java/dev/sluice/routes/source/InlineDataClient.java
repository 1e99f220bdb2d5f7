package dev.sluice.routes.source;

import dev.sluice.grammar.SourceText;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Routes given as text, which never change.
public final class InlineDataClient implements DataClient {
  private final SourceText text;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// @param name shown in diagnostics: `-inline-routes`
  public InlineDataClient(String name, String routes) {
    text = SourceText.of(name, routes);
  }

  @Override
  public String name() {
    return text.name();
  }

  @Override
  public void run(Consumer<Snapshot> publish) throws InterruptedException {
    publish.accept(Snapshot.of(text));
    closed.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
