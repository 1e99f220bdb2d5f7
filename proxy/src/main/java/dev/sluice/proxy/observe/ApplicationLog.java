package dev.sluice.proxy.observe;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Lines about the gateway itself: start, table switches, failures. One for each gateway, so that several may run in one process.
///
/// Lines are written on a thread of their own ([LineWriter]): nobody who logs waits for the disk or a full pipe. A stack trace is written at level debug
/// only. Thread-safe.
public final class ApplicationLog implements AutoCloseable {
  /// From the most to the least talkative.
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  private final LineWriter out;
  private final InstantSource clock;
  private final Level level;
  private final String prefix;
  private final boolean json;

  /// @param out where lines go; each by one call
  /// @param prefix put in front of each plain line
  public ApplicationLog(PrintStream out, InstantSource clock, Level level, String prefix, boolean json) {
    this.out = new LineWriter(out);
    this.clock = clock;
    this.level = level;
    this.prefix = prefix;
    this.json = json;
  }

  /// This log as SLF4J's.
  public org.slf4j.Logger logger() {
    return new Slf4jBridge(this);
  }

  public boolean isOn(Level of) {
    return of.compareTo(level) >= 0;
  }

  public void debug(String message) {
    line(Level.DEBUG, message, null);
  }

  public void info(String message) {
    line(Level.INFO, message, null);
  }

  public void warn(String message) {
    line(Level.WARN, message, null);
  }

  public void error(String message) {
    line(Level.ERROR, message, null);
  }

  public void error(String message, Throwable why) {
    line(Level.ERROR, message, why);
  }

  private void line(Level of, String message, @Nullable Throwable why) {
    if (of.compareTo(level) < 0) {
      return;
    }
    String time = Instant.ofEpochMilli(clock.millis()).truncatedTo(ChronoUnit.MILLIS).toString();
    StringBuilder line = new StringBuilder(message.length() + 60);
    String name = of.name().toLowerCase(java.util.Locale.ROOT);
    if (json) {
      line.append("{\"time\":\"").append(time).append("\",\"level\":\"").append(name).append("\",\"msg\":\"");
      LogText.json(line, message);
      line.append("\"}\n");
    } else {
      line.append(prefix).append('[').append(time).append("] ").append(name).append(": ");
      LogText.plain(line, message);
      line.append('\n');
    }
    if (why != null && level == Level.DEBUG) {
      StringWriter trace = new StringWriter();
      why.printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    out.write(line.toString());
  }

  /// Lines that could not be written in time.
  public long dropped() {
    return out.dropped();
  }

  /// Waits until all lines so far are written.
  ///
  /// @return false when that took longer
  public boolean flush(Duration longest) {
    return out.flush(longest);
  }

  /// Writes what waits. Lines that come later are written in place. Idempotent.
  @Override
  public void close() {
    out.close();
  }
}
