package dev.sluice.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A proxy under measurement, and what its rounds came to.
final class Candidate implements AutoCloseable {
  /// Generations, or the whole heap; not Metaspace.
  private static final Pattern USED = Pattern.compile("(?m)^ *(?:def new generation|tenured generation|garbage-first heap).*? used (\\d+)K");

  private final String name;
  private final int port;
  private final Process process;
  private final List<Round> rounds = new ArrayList<>();

  /// @param cpuMicros processor time for a request
  record Round(double cpuMicros, Load load, long residentKiB) {}

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
  ///
  /// @param more further options of wrk
  void measure(int connections, int seconds, boolean counts, String... more) throws IOException, InterruptedException {
    ProcessUsage before = ProcessUsage.of(process.toHandle());
    Load load = Load.run("http://127.0.0.1:" + port + "/", connections, seconds, more);
    ProcessUsage after = ProcessUsage.of(process.toHandle());
    if (load.failed() > load.requests() / 1000) {
      throw new IOException(name + " failed " + load.failed() + " of " + load.requests() + " requests");
    }
    double micros = (after.cpuTicks() - before.cpuTicks()) / ProcessUsage.TICKS_PER_SECOND * 1e6 / load.requests();
    if (counts) {
      rounds.add(new Round(micros, load, after.residentKiB()));
    }
  }

  /// What a JVM still uses after a full collection.
  long liveHeapKiB() throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    long sum = 0;
    while (used.find()) {
      sum += Long.parseLong(used.group(1));
    }
    return sum;
  }

  private static String jcmd(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString()));
    command.addAll(List.of(arguments));
    Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jcmd.waitFor();
    return text;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
