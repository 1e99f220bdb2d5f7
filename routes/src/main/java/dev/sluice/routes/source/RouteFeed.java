package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.source.FeedState.Source;
import dev.sluice.routes.source.FeedState.Status;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/// Brings routes from data clients into the current table.
///
/// Each client runs on a virtual thread of its own; what they publish is worked on by one thread, the feed's, one table after the
/// other. Snapshots that arrive while a table is built go into the next one together. When a table cannot be built, the one
/// before stays.
public final class RouteFeed implements AutoCloseable {
  private final Settings settings;
  private final RouteMaker maker;
  private final RouteCompiler compiler;
  private final CurrentTable current;
  private final List<SourceTexts> texts;
  private final boolean[] delivered;
  private final LinkedBlockingQueue<Published> published = new LinkedBlockingQueue<>();
  private final CountDownLatch firstLoad = new CountDownLatch(1);
  private final CountDownLatch tried = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile FeedState state;

  /// @param clients in order of precedence: of equal route ids the later client's counts
  /// @param strict whether any error refuses the whole load, instead of the text or route that has it
  /// @param logRoutes whether the ids of changed routes are logged, not only their number
  /// @param log where switches and findings are written
  public record Settings(
      List<DataClient> clients,
      Catalog catalog,
      PreProcessing preProcessing,
      RouteBuilder.Options options,
      boolean strict,
      boolean logRoutes,
      Logger log) {
    public Settings {
      clients = List.copyOf(clients);
    }
  }

  private record Published(int client, Snapshot snapshot) {}

  /// @param current its table must be the empty one; only the feed sets it from now on
  public RouteFeed(Settings settings, RouteCompiler compiler, CurrentTable current) {
    this.settings = settings;
    this.maker = new RouteMaker(settings.catalog, settings.preProcessing, settings.options);
    this.compiler = compiler;
    this.current = current;
    this.texts = settings.clients.stream().map(client -> new SourceTexts(client.name(), maker)).toList();
    this.delivered = new boolean[settings.clients.size()];
    this.state = new FeedState(current.get(), List.of(), List.of(), List.of(), Instant.EPOCH, delivered.length == 0);
  }

  /// Starts the clients and returns at once.
  public void start() {
    if (isTried()) {
      tried.countDown();
    }
    threads.add(Thread.ofPlatform().daemon().name("route-feed").start(this::work));
    for (int i = 0; i < settings.clients.size(); i++) {
      int index = i;
      DataClient client = settings.clients.get(i);
      threads.add(Thread.ofVirtual().name("routes " + client.name()).start(() -> run(client, index)));
    }
  }

  /// Waits until the table holds what every data client has delivered at least once; what could not be read counts as delivered,
  /// and the state tells.
  ///
  /// @return false when the time is over. Without any client this never becomes true, as in Skipper
  public boolean awaitFirstLoad(Duration most) throws InterruptedException {
    return firstLoad.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  public FeedState state() {
    return state;
  }

  /// What must keep the gateway from starting, as in Skipper: inline routes that cannot be read, and an address that cannot be
  /// fetched. Waits until these have been tried once, which each of them limits itself; does not wait for others.
  public List<Diagnostic> awaitStartProblems() throws InterruptedException {
    tried.await();
    var problems = new ArrayList<Diagnostic>();
    for (Source source : state.sources()) {
      for (DataClient client : settings.clients) {
        Status fatal = client instanceof InlineDataClient ? Status.BROKEN : Status.UNREADABLE;
        if (decidesStart(client) && source.client().equals(client.name()) && source.status() == fatal) {
          problems.addAll(source.problems());
        }
      }
    }
    return problems;
  }

  private static boolean decidesStart(DataClient client) {
    return client instanceof InlineDataClient || client instanceof HttpDataClient;
  }

  /// Stops the clients. The current table stays.
  @Override
  public void close() {
    settings.clients.forEach(DataClient::close);
    threads.forEach(Thread::interrupt);
  }

  private void run(DataClient client, int index) {
    try {
      client.run(snapshot -> published.add(new Published(index, snapshot)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      settings.log.error("data client {} ended; its routes stay as they are", client.name(), e);
      if (!delivered[index]) {
        String message = client.name() + " cannot be used: " + e.getMessage();
        published.add(new Published(index, new Snapshot(
            List.of(), List.of(Diagnostic.error(RouteCode.SOURCE_UNREADABLE, null, Span.NONE, message)))));
      }
    }
  }

  private void work() {
    var batch = new ArrayList<Published>();
    try {
      while (true) {
        batch.add(published.take());
        published.drainTo(batch);
        work(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(List<Published> batch) {
    boolean changed = false;
    for (Published each : batch) {
      changed |= texts.get(each.client).take(each.snapshot);
      changed |= !delivered[each.client];
      delivered[each.client] = true;
    }
    if (changed) {
      try {
        load();
      } catch (RuntimeException | StackOverflowError e) {
        settings.log.error("routes: no new table could be made; the one before stays", e);
      }
    }
    if (isComplete()) {
      firstLoad.countDown();
    }
    if (isTried()) {
      tried.countDown();
    }
  }

  private boolean isComplete() {
    for (boolean each : delivered) {
      if (!each) {
        return false;
      }
    }
    return true;
  }

  private boolean isTried() {
    for (int i = 0; i < delivered.length; i++) {
      if (!delivered[i] && decidesStart(settings.clients.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void load() {
    List<Source> sources = texts.stream().flatMap(each -> each.sources().stream()).toList();
    var problems = new ArrayList<Diagnostic>();
    sources.forEach(source -> problems.addAll(source.problems()));
    var written = new ArrayList<TextRoute>();
    var invalid = new ArrayList<Invalid>();
    for (SourceTexts each : texts) {
      each.addRoutes(written);
      invalid.addAll(each.invalid());
    }
    var before = (IndexedTable) current.get();
    RouteLoad load = RouteLoad.of(RouteMerge.withoutRepeated(written, TextRoute::id, TextRoute::placed, problems), before, maker, compiler, problems);
    written.forEach(TextRoute::forget);
    if (settings.strict && problems.stream().anyMatch(Diagnostic::isError)) {
      compiler.discard(load.table(), before);
      settings.log.error("routes: refused, because there are errors and -strict is on; table {} stays", before.version());
      FeedLog.problems(settings.log, problems, state.problems());
      state = new FeedState(before, state.invalid(), sources, problems, state.switched(), isComplete());
      return;
    }
    invalid.addAll(load.invalid());
    List<Diagnostic> known = state.problems();
    current.set(load.table());
    state = new FeedState(load.table(), invalid, sources, problems, Instant.now(), isComplete());
    compiler.switched(before, load.table());
    FeedLog.problems(settings.log, problems, known);
    FeedLog.switched(settings.log, before, load.table(), invalid, settings.logRoutes);
  }
}
