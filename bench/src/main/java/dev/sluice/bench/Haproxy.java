package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HAProxy with one thread.
///
/// @param certificate for the listener with TLS
record Haproxy(Certificate certificate) implements Proxy {
  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public boolean java() {
    return false;
  }

  @Override
  public @Nullable List<String> command(Mode mode, int listen, int backend, Path folder) throws IOException {
    Path binary = Programs.find("haproxy");
    if (binary == null) {
      return null;
    }
    String options = switch (mode) {
      case HTTP1, FILTERS -> "";
      case H2C -> "proto h2";
      case TLS -> "ssl crt " + certificate.both();
    };
    String filters = mode != Mode.FILTERS ? "" : """
          option httplog
          log stdout format raw local0
          http-request set-header X-One 1
          http-request set-header X-Two 2
          http-request set-header X-Three 3
          http-request set-header X-Four %[req.hdr(host)]
          http-request del-header User-Agent
          http-request replace-path /filters/(.*) /\\1
          http-response set-header X-Five 5
          http-response set-header X-Six 6
          http-response set-header X-Seven 7
          http-response del-header X-Eight
        """;
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), """
        global
          nbthread 1
          maxconn 8192
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
        frontend front
          bind 127.0.0.1:%d %s backlog 1024
          option forwardfor
        %s  default_backend back
        backend back
          http-reuse always
          server one 127.0.0.1:%d
        """.formatted(listen, options, filters, backend));
    return List.of(binary.toString(), "-db", "-f", file.toString());
  }
}
