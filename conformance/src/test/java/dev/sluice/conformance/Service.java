package dev.sluice.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A server that cases need beside the gateway; it is a real one, from the system's packages.
enum Service {
  REDIS("redis-server"),
  ETCD("etcd");

  final String program;

  Service(String program) {
    this.program = program;
  }

  /// The services of a case, in the order in which they start.
  static List<Service> of(Members recorded) {
    List<String> names = recorded.texts("services");
    return Stream.of(ETCD, REDIS).filter(service -> names.contains(service.name().toLowerCase(Locale.ROOT))).toList();
  }

  boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Path.of(folder, program).toFile().canExecute());
  }

  int port(PortBase ports) {
    return switch (this) {
      case REDIS -> ports.redis();
      case ETCD -> ports.etcd();
    };
  }

  /// Starts it; it may not listen yet.
  Process start(PortBase ports, Path folder, Path log) throws IOException {
    return Commands.start(List.of(program), arguments(ports, folder), folder, log);
  }

  private List<String> arguments(PortBase ports, Path folder) {
    String own = "http://" + PortBase.address(ports.etcd());
    String peers = "http://" + PortBase.address(ports.etcdPeers());
    return switch (this) {
      case REDIS -> List.of("--port", String.valueOf(ports.redis()), "--save", "", "--appendonly", "no");
      case ETCD -> List.of(
          "--enable-v2", "--name", "one", "--data-dir", folder.resolve("etcd").toString(),
          "--listen-client-urls", own, "--advertise-client-urls", own,
          "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "one=" + peers,
          "--heartbeat-interval", "10", "--election-timeout", "100");
    };
  }
}
