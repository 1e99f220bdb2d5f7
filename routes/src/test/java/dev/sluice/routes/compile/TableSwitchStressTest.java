package dev.sluice.routes.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.TestServices;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.predicate.BuiltinPredicates;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.PlainRequest;
import dev.sluice.routes.table.RouteTable.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Exchanges come and go while tables are switched: no exchange ever meets an instance that is closed, and in the end everything that
/// was dropped is closed once.
class TableSwitchStressTest {
  private static final int SWITCHES = 400;
  private static final AtomicInteger OPEN = new AtomicInteger();

  @Declaration(name = "resource", summary = "Must not be used when closed")
  public record Resource(@Arg("Number") int number) implements FilterSpec {
    @Override
    public Filter create(Services services, Site site) {
      OPEN.incrementAndGet();
      return new Open();
    }
  }

  private static final class Open implements Filter {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public void close() {
      assertThat(closed.getAndSet(true)).isFalse();
      OPEN.decrementAndGet();
    }
  }

  @Test
  void closesNothingThatIsInUse() throws Exception {
    var catalog = Catalog.of(List.of(Resource.class), BuiltinPredicates.ALL, List.of());
    var compiler = new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false);
    var current = new CurrentTable(IndexedTable.empty());
    var running = new AtomicBoolean(true);
    var wrong = new AtomicInteger();
    var exchanges = new AtomicLong();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> {
        var request = PlainRequest.of("GET", "/a");
        while (running.get()) {
          Lease lease = current.enter();
          var match = lease.table().match(request, null);
          Thread.yield();
          for (Filter filter : match == null ? new Filter[0] : match.route().filters()) {
            wrong.addAndGet(((Open) filter).closed.get() ? 1 : 0);
          }
          exchanges.incrementAndGet();
          lease.end();
        }
      }));
    }
    for (int i = 0; i < SWITCHES; i++) {
      String text = "a: Path(\"/a\") -> resource(" + i / 3 + ") -> resource(" + i + ") -> <shunt>; b" + i + ": * -> resource(0) -> <shunt>;";
      var built = RouteBuilder.build(RouteParser.parse(SourceText.of("t", text)).file(), catalog, RouteBuilder.Options.NONE);
      var compiled = compiler.compile(built.routes(), (IndexedTable) current.get());
      compiler.switched((IndexedTable) current.set(compiled.table()), compiled.table());
    }
    running.set(false);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).hasValue(0);
    assertThat(exchanges.get()).isPositive();
    await().untilAsserted(() -> assertThat(OPEN).hasValue(3));
  }
}
