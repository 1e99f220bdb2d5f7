package dev.sluice.bench;

import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How often a route file is read in a second, and how many megabytes that are. `bench/jmh ParseBenchmark` runs it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParseBenchmark {
  @Param({"10", "10000"})
  public int routes;

  private byte[] text = {};

  @Setup
  public void write() {
    var document = new StringBuilder();
    for (int i = 0; i < routes; i++) {
      document.append("""
          r%d: Path("/shop/%d/:item") && Host(/^(api[.]example[.]org[.]?(:[0-9]+)?)$/) && Method("GET")
            -> setRequestHeader("X-Item", "${item}") -> ratelimit(100, "1m")
            -> <roundRobin, "http://10.0.0.1:8080", "http://10.0.0.2:8080">;
          """.formatted(i, i));
    }
    text = document.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// What JMH shows as `parse:megabytes`: those read in a second.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Read {
    public double megabytes;

    @Setup(Level.Iteration)
    public void clear() {
      megabytes = 0;
    }
  }

  @Benchmark
  public ParseResult parse(Read read) {
    read.megabytes += text.length / 1e6;
    return RouteParser.parse(SourceText.of("bench", text));
  }
}
