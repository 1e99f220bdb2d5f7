package dev.sluice.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// This gateway, as its users start it.
///
/// @param certificate for the listener with TLS
record Sluice(Path project, Certificate certificate) implements Proxy {
  @Override
  public String name() {
    return "sluice";
  }

  @Override
  public boolean java() {
    return true;
  }

  @Override
  public List<String> command(Mode mode, int listen, int backend, Path folder) {
    var command = new ArrayList<>(List.of(
        project.resolve("gateway").toString(), "-address", "127.0.0.1:" + listen, "-support-listener", "127.0.0.1:" + (listen + 100),
        "-wait-for-healthcheck-interval", "0s", "-idle-conns-num", "256", "-inline-routes", routes(mode, "\"http://127.0.0.1:" + backend + "\"")));
    if (mode != Mode.FILTERS) {
      command.add("-access-log-disabled");
    }
    if (mode == Mode.H2C) {
      command.add("-enable-h2c-server");
    }
    if (mode == Mode.TLS) {
      command.addAll(List.of("-tls-cert", certificate.chain().toString(), "-tls-key", certificate.key().toString()));
    }
    return command;
  }

  private static String routes(Mode mode, String address) {
    if (mode != Mode.FILTERS) {
      return "r: * -> " + address + ";";
    }
    return """
        r: PathSubtree("/filters")
          -> setRequestHeader("X-One", "1")
          -> setRequestHeader("X-Two", "2")
          -> setRequestHeader("X-Three", "3")
          -> copyRequestHeader("Host", "X-Four")
          -> dropRequestHeader("User-Agent")
          -> modPath("^/filters/", "/")
          -> setResponseHeader("X-Five", "5")
          -> setResponseHeader("X-Six", "6")
          -> setResponseHeader("X-Seven", "7")
          -> dropResponseHeader("X-Eight")
          -> %s;
        """.formatted(address);
  }
}
