package dev.sluice.conformance;

import dev.sluice.cli.RunningGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One case, from the first file written to the last process ended.
///
/// [#go] runs on one thread; [#close] may come from another one to end a run that takes too long.
final class CaseRun implements AutoCloseable {

  private final Members recorded;
  private final PortBase ports;
  private final Programs programs;
  private final long longestWait;
  private final RunFolder folder;
  private final CaseClient client;
  private final List<Backend> backends = new ArrayList<>();
  private final List<Process> services = new ArrayList<>();
  private final Received received = new Received();
  private volatile @Nullable RunningGateway gateway;

  /// @param longestWait bounds each wait for an answer, in milliseconds
  CaseRun(Members recorded, PortBase ports, Programs programs, long longestWait) throws IOException {
    this.recorded = recorded;
    this.ports = ports;
    this.programs = programs;
    this.longestWait = longestWait;
    folder = new RunFolder(ports);
    client = new CaseClient(ports, folder.path);
  }

  /// Runs the case and returns what was seen, for [Comparison].
  ///
  /// @throws CaseFailure when it could not be run to its end
  Members go() throws IOException, InterruptedException {
    for (Map.Entry<String, Object> file : recorded.object("files").map().entrySet()) {
      folder.write(file.getKey(), file.getValue());
    }
    List<Service> needed = Service.of(recorded);
    if (needed.contains(Service.ETCD)) {
      start(Service.ETCD);
    }
    for (Object arguments : recorded.list("before")) {
      programs.tool(Members.texts(folder.fill(arguments)), folder.path, new byte[0], recorded.flag("terminal"));
    }
    if (recorded.has("tool")) {
      return masked(tool());
    }
    startBackends();
    if (needed.contains(Service.REDIS)) {
      start(Service.REDIS);
    }
    RunningGateway started = startGateway();
    if (!started.running()) {
      return masked(Members.empty().with("exit", (long) started.exitStatus()).with("log", logs()));
    }
    return masked(steps(started));
  }

  private Members masked(Members seen) {
    return Members.of(ports.mask(seen, folder.path));
  }

  private void startBackends() throws IOException {
    String whole = Json.write(recorded);
    Members scripts = recorded.object("backends");
    for (int i = 1; i <= PortBase.BACKENDS; i++) {
      String name = "B" + i;
      boolean wanted = scripts.has(name)
          || Stream.of(name, "P" + i, "PORT" + i).anyMatch(n -> whole.contains("${" + n + "}"));
      if (wanted) {
        Object script = folder.fill(scripts.map().getOrDefault(name, Map.of()));
        List<?> answers = script instanceof List<?> list ? list : List.of(script);
        backends.add(new Backend(
            name, ports.backend(i), answers.stream().map(Members::of).toList(), received::add, folder.path));
      }
    }
  }

  private void start(Service service) throws IOException, InterruptedException {
    Process process = service.start(ports, folder.path, folder.log(services.size()));
    services.add(process);
    awaitListener(service.port(ports), service.program, process::isAlive);
  }

  private RunningGateway startGateway() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(
        "-address", PortBase.address(ports.gateway()), "-support-listener", PortBase.address(ports.support())));
    if (recorded.has("routes")) {
      folder.write("routes.gw", recorded.text("routes"));
      arguments.addAll(List.of("-routes-file", folder.path.resolve("routes.gw").toString()));
    }
    arguments.add("-wait-first-route-load");
    arguments.addAll(Members.texts(folder.fill((Object) recorded.list("flags"))));
    RunningGateway started = programs.gateway(arguments, folder.path, folder.log(services.size()));
    gateway = started;
    boolean listens = awaitListener(ports.gateway(), "the gateway", started::running);
    if (!listens && !recorded.has("exit")) {
      throw new CaseFailure("the gateway stopped with status %d: %s".formatted(started.exitStatus(), Texts.tail(logs(), 600)));
    }
    return started;
  }

  /// Waits until something listens there; false when the program has ended instead.
  private boolean awaitListener(int port, String what, BooleanSupplier running)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Programs.START_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < deadline) {
      if (PortBase.isListening(port)) {
        return true;
      }
      if (!running.getAsBoolean()) {
        return false;
      }
      Thread.sleep(10);
    }
    throw new CaseFailure("no listener of %s on port %d after %d s: %s"
        .formatted(what, port, Programs.START_SECONDS, Texts.tail(logs(), 600)));
  }

  private String logs() throws IOException {
    return folder.logs(services.size() + 1);
  }

  private Members steps(RunningGateway started) throws IOException, InterruptedException {
    if (!recorded.has("steps")) {
      throw new CaseFailure("the gateway runs, but must refuse to start");
    }
    Members seen = Members.empty();
    List<Object> steps = new ArrayList<>();
    StepRun each = new StepRun(folder, client, received, started, longestWait);
    for (Members step : recorded.objects("steps")) {
      steps.add(each.run(step).map());
    }
    seen.with("steps", steps);
    return recorded.has("says") || recorded.has("says_not") ? seen.with("log", settledLog()) : seen;
  }

  /// What was printed, once all patterns that must be printed are there, or a second has passed.
  private String settledLog() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 1_000_000_000L;
    while (System.nanoTime() < deadline) {
      String printed = logs();
      if (recorded.texts("says").stream().allMatch(pattern -> Texts.printed(pattern).matcher(printed).find())) {
        return printed;
      }
      Thread.sleep(20);
    }
    return logs();
  }

  private Members tool() throws IOException, InterruptedException {
    byte[] stdin = folder.fill(recorded.text("stdin", "")).getBytes(StandardCharsets.UTF_8);
    List<String> arguments = Members.texts(folder.fill((Object) recorded.list("tool")));
    Programs.ToolRun run = programs.tool(arguments, folder.path, stdin, recorded.flag("terminal"));
    String stdout = recorded.flag("any_order")
        ? Arrays.stream(run.stdout().split("\n", -1)).sorted().collect(Collectors.joining("\n"))
        : run.stdout();
    return Members.empty()
        .with("exit", (long) run.exit()).with("stdout", stdout).with("stderr", run.stderr());
  }

  /// Ends everything at once.
  @Override
  public void close() throws IOException {
    RunningGateway started = gateway;
    if (started != null) {
      started.close();
    }
    services.forEach(Commands::end);
    for (Backend backend : backends) {
      backend.close();
    }
    client.close();
    folder.close();
  }
}
