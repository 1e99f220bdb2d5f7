package dev.sluice.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running proxy under measurement, and what its rounds of one shape came to.
final class Candidate implements AutoCloseable {
  /// Generations, or the whole heap; not Metaspace.
  private static final Pattern USED = Pattern.compile("(?m)^ *(?:DefNew|Tenured|garbage-first heap).*? used (\\d+)K");

  private final String name;
  private final int port;
  private final Process process;
  private final List<Round> rounds = new ArrayList<>();

  /// @param cpu processor time in the shape's unit
  record Round(double cpu, Load load, long residentKiB) {}

  private Candidate(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
  }

  /// Starts it, and waits until it listens.
  static Candidate start(String name, int port, Path log, List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var candidate = new Candidate(name, port, process);
    try {
      candidate.awaitListening(log);
    } catch (IOException | InterruptedException e) {
      candidate.close();
      throw e;
    }
    return candidate;
  }

  private void awaitListening(Path log) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try (var socket = new Socket("127.0.0.1", port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException(name + " does not listen on port " + port + ": see " + log);
  }

  String name() {
    return name;
  }

  List<Round> rounds() {
    return rounds;
  }

  /// One round; it counts unless it is for warming up.
  void measure(Shape shape, int seconds, boolean counts) throws IOException, InterruptedException {
    ProcessUsage before = ProcessUsage.of(process.toHandle());
    Load load = shape.generator().run(port, seconds);
    ProcessUsage after = ProcessUsage.of(process.toHandle());
    if (load.requests() == 0 || load.failed() > load.requests() / 1000) {
      throw new IOException(name + " failed " + load.failed() + " of " + load.requests() + " requests of " + shape.name());
    }
    if (counts) {
      double seconds1 = (after.cpuTicks() - before.cpuTicks()) / ProcessUsage.TICKS_PER_SECOND;
      rounds.add(new Round(shape.cpu(seconds1, load), load, after.residentKiB()));
    }
  }

  /// The median of a figure over the rounds.
  double median(ToDoubleFunction<Round> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  /// The median of the rounds' ratios to another candidate, which took turns with this one.
  double ratio(Candidate to, ToDoubleFunction<Round> figure) {
    double[] ratios = new double[rounds.size()];
    Arrays.setAll(ratios, i -> figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(to.rounds.get(i)));
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /// What a JVM still uses after a full collection.
  long liveHeapKiB() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Programs.output(List.of(jcmd, pid, "GC.run"));
    Matcher used = USED.matcher(Programs.output(List.of(jcmd, pid, "GC.heap_info")));
    long sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
    }
    return sum;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      children.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
