package dev.sluice.proxy.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
  private static final AccessLogFormat FORMAT =
      AccessLogFormat.template("${request.path}", new AccessLogFormat.Options(ZoneOffset.UTC, false, Map.of()));

  @Test
  void closeWritesEveryLineOfEachLoopInOrder() throws Exception {
    int loops = 3;
    int each = 10_000;
    var out = new ByteArrayOutputStream();
    var log = new AccessLog(loops, FORMAT, out);
    List<Thread> writers = IntStream.range(0, loops).mapToObj(loop -> Thread.ofPlatform().start(() -> {
      for (int i = 0; i < each; i++) {
        log.log(loop, entry("/" + loop + "/" + i));
      }
    })).toList();
    for (Thread writer : writers) {
      writer.join();
    }
    log.close();

    assertThat(log.dropped()).isZero();
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(loops * each);
    for (int loop = 0; loop < loops; loop++) {
      String start = "/" + loop + "/";
      assertThat(lines.stream().filter(line -> line.startsWith(start)))
          .isEqualTo(IntStream.range(0, each).mapToObj(i -> start + i).toList());
    }
  }

  @Test
  void requestsOneAfterTheOtherOnSeveralLoopsKeepTheirOrder() {
    var stalled = new Stalled();
    var log = new AccessLog(2, FORMAT, stalled);
    log.log(1, entry("/0"));
    await().until(() -> stalled.entered.getCount() == 0);
    for (int i = 1; i < 100; i++) {
      log.log(i % 3 == 0 ? 1 : 0, entry("/" + i));
    }
    stalled.go.countDown();
    log.close();

    assertThat(stalled.taken.toString(UTF_8).lines()).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "/" + i).toList());
  }

  @Test
  void aStalledTargetDelaysNobodyAndLinesAreCounted() {
    var stalled = new Stalled();
    var log = new AccessLog(1, FORMAT, stalled);
    log.log(0, entry("/first"));
    await().until(() -> stalled.entered.getCount() == 0);

    int sent = 100_000;
    long began = System.nanoTime();
    for (int i = 0; i < sent; i++) {
      log.log(0, entry("/" + i));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(log.dropped()).isPositive();
    stalled.go.countDown();
    log.close();
    assertThat(stalled.taken.toString(UTF_8).lines().count() + log.dropped()).isEqualTo(sent + 1);
  }

  @Test
  void aTargetThatFailsIsTriedAgainAndLinesAreCounted() {
    var out = new ByteArrayOutputStream();
    var failing = new OutputStream() {
      private volatile boolean broken = true;

      @Override
      public void write(int b) throws IOException {
        throw new IOException("one byte");
      }

      @Override
      public void write(byte[] bytes) throws IOException {
        if (broken) {
          throw new IOException("disk full");
        }
        out.write(bytes);
      }
    };
    var log = new AccessLog(1, FORMAT, failing);
    log.log(0, entry("/lost"));
    await().until(() -> log.dropped() == 1);
    failing.broken = false;
    log.log(0, entry("/kept"));
    log.close();

    assertThat(out.toString(UTF_8)).isEqualTo("/kept\n");
  }

  @Test
  void aLineAfterAPauseIsWrittenSoon() {
    var out = new ByteArrayOutputStream();
    try (var log = new AccessLog(1, FORMAT, out)) {
      log.log(0, entry("/a"));
      await().pollDelay(Duration.ofMillis(1500)).until(() -> out.size() == 3);
      log.log(0, entry("/b")); // one that comes just as the thread goes to sleep waits half a second at most
      await().atMost(Duration.ofSeconds(1)).until(() -> out.size() == 6);
    }
  }

  @Test
  void aRenamedFileIsBegunAnew(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("access.log");
    try (var file = new LogFile(path)) {
      file.write("one\n".getBytes(UTF_8));
      Files.move(path, folder.resolve("access.log.1"));
      await().atMost(Duration.ofSeconds(5)).pollInterval(Duration.ofMillis(200)).until(() -> {
        file.write("two\n".getBytes(UTF_8));
        return Files.exists(path);
      });
      file.write("three\n".getBytes(UTF_8));

      assertThat(Files.readString(folder.resolve("access.log.1"))).startsWith("one\n").doesNotContain("three");
      assertThat(Files.readString(path)).isEqualTo("two\nthree\n");

      Files.move(path, folder.resolve("access.log.2"));
      file.reopen();
      file.write("four\n".getBytes(UTF_8));
      assertThat(Files.readString(path)).isEqualTo("four\n");
    }
    try (var again = new LogFile(path)) {
      again.write("five\n".getBytes(UTF_8));
    }
    assertThat(Files.readString(path)).isEqualTo("four\nfive\n");
  }

  private static AccessRecord entry(String target) {
    return new AccessRecord(0, System.nanoTime(), 0, "127.0.0.1", "GET", target, "HTTP/1.1", 200, 0, "h", null, null, false, null, null);
  }

  private static final class Stalled extends OutputStream {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes) {
      entered.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      taken.writeBytes(bytes);
    }
  }
}
