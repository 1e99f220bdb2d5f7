package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx as backend and as proxy, each with one worker.
///
/// @param binary the program
/// @param folder gets the configuration and what nginx writes
record NginxConfig(Path binary, Path folder) {
  /// Answers every request with 100 bytes.
  List<String> backend(int port) throws IOException {
    return write("backend", """
        server {
          listen 127.0.0.1:%d backlog=1024;
          location / { return 200 "%s"; }
        }
        """.formatted(port, "x".repeat(100)));
  }

  /// Forwards every request, over connections that are kept, and adds the usual headers.
  List<String> proxy(int port, int backend) throws IOException {
    return write("proxy", """
        upstream backend { server 127.0.0.1:%d; keepalive 256; }
        server {
          listen 127.0.0.1:%d backlog=1024;
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
          }
        }
        """.formatted(backend, port));
  }

  private List<String> write(String name, String servers) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Path file = Files.writeString(home.resolve("nginx.conf"), """
        daemon off;
        worker_processes 1;
        pid %1$s/pid;
        error_log stderr;
        events { worker_connections 4096; }
        http {
          access_log off;
          keepalive_requests 100000000;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
        %2$s}
        """.formatted(home, servers));
    return List.of(binary.toString(), "-e", "stderr", "-c", file.toString());
  }
}
