package dev.sluice.bench;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.source.RouteFeed;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Snapshot;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.helpers.NOPLogger;

/// A table that is fed with texts as a gateway's is, without a gateway around it.
final class FedTable implements AutoCloseable {
  private final LinkedBlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
  private final CurrentTable current = new CurrentTable(IndexedTable.empty());
  private final RouteFeed feed;

  FedTable() {
    var settings = new RouteFeed.Settings(List.of(new Texts()), InstalledCatalog.load(), PreProcessing.NONE,
        RouteBuilder.Options.NONE, false, false, NOPLogger.NOP_LOGGER);
    feed = new RouteFeed(settings, new RouteCompiler(new StillServices(), route -> new RunningBackend() {}, false), current);
    feed.start();
  }

  private final class Texts implements DataClient {
    @Override
    public String name() {
      return "texts";
    }

    @Override
    public void run(Consumer<Snapshot> publish) throws InterruptedException {
      while (true) {
        publish.accept(snapshots.take());
      }
    }

    @Override
    public void close() {
      // the feed interrupts
    }
  }

  IndexedTable table() {
    return (IndexedTable) current.get();
  }

  /// Gives it texts, in files that are named by their number.
  ///
  /// @return how long it took until the next table was in use
  Duration load(List<String> texts) {
    var sources = new ArrayList<SourceText>();
    for (String text : texts) {
      sources.add(SourceText.of("routes-" + sources.size() + ".gw", text.getBytes(StandardCharsets.UTF_8)));
    }
    long version = table().version();
    long start = System.nanoTime();
    snapshots.add(new Snapshot(sources, List.of()));
    while (table().version() == version) {
      LockSupport.parkNanos(50_000);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    feed.close();
  }
}
