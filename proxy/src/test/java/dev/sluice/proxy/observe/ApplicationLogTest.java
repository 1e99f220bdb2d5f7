package dev.sluice.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who logs never waits for what the log is written to.
@Timeout(30)
class ApplicationLogTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  /// A pipe that nobody empties until it is told to.
  private static final class Stalled extends OutputStream {
    private final CountDownLatch go = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int length) {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      bytes.write(from, start, length);
    }
  }

  private static ApplicationLog log(OutputStream out) {
    return new ApplicationLog(new PrintStream(out, true, StandardCharsets.UTF_8), CLOCK, ApplicationLog.Level.INFO, "[APP]", false);
  }

  @Test
  void linesComeInOrder() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ApplicationLog log = log(out)) {
      log.info("one");
      log.warn("two");
      log.error("three", new IllegalStateException("no trace"));
      assertThat(log.flush(Duration.ofSeconds(5))).isTrue();
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
          [APP][2026-11-21T10:00:00Z] info: one
          [APP][2026-11-21T10:00:00Z] warn: two
          [APP][2026-11-21T10:00:00Z] error: three
          """);
    }
  }

  @Test
  void aFullPipeHoldsNobodyUpAndLosesACountedNumberOfLines() {
    Stalled out = new Stalled();
    try (ApplicationLog log = log(out)) {
      for (int i = 0; i < 10_000; i++) {
        log.info("line " + i);
      }
      assertThat(log.dropped()).isBetween(5_900L, 5_904L);
      assertThat(log.flush(Duration.ofMillis(20))).isFalse();
      out.go.countDown();
      assertThat(log.flush(Duration.ofSeconds(5))).isTrue();
      log.info("last");
    }
    String text = out.bytes.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("info: last\n");
    assertThat(text.lines().filter(line -> !line.contains(" lines were dropped "))).first().asString().endsWith("info: line 0");
    // Told once or twice: the writer may begin when some are dropped already.
    assertThat(text.lines().filter(line -> line.endsWith(" lines were dropped here: they came faster than they could be written"))
        .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' ')))).sum()).isBetween(5_900L, 5_904L);
    assertThat(text.lines().filter(line -> line.contains("info: line ")).count()).isBetween(4_096L, 4_100L);
  }

  @Test
  void whatWaitsIsWrittenAtTheEndAndLaterLinesAreNotLost() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ApplicationLog log = log(out);
    for (int i = 0; i < 1000; i++) {
      log.info("line " + i);
    }
    log.close();
    log.info("after");
    log.close();
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1001).last().asString().endsWith("after");
  }
}
