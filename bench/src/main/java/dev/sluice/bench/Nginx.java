package dev.sluice.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// nginx with one worker: the yardstick, and the backend of all.
///
/// @param certificate for the listener with TLS
record Nginx(Certificate certificate) implements Proxy {
  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public boolean java() {
    return false;
  }

  /// Answers with 100 bytes, with 10 KiB (`/10k`) and with 100 MiB (`/100m`), and takes bodies of any length (`/up`).
  ///
  /// @param sink port of what reads the bodies
  static List<String> backend(int port, int sink, Path folder) throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.write(files.resolve("10k"), new byte[10 << 10]);
    try (var file = new RandomAccessFile(files.resolve("100m").toFile(), "rw")) {
      file.setLength(Bulk.BODY);
    }
    List<String> command = write(folder, """
        server {
          listen 127.0.0.1:%1$d backlog=1024;
          client_max_body_size 0;
          root %2$s;
          location / { return 200 "%3$s"; }
          location /10k { }
          location /100m { }
          location /up { proxy_pass http://127.0.0.1:%4$d; proxy_request_buffering off; proxy_http_version 1.1; }
        }
        """.formatted(port, files, "x".repeat(100), sink));
    if (command == null) {
      throw new IOException("nginx is not installed");
    }
    return command;
  }

  @Override
  public @Nullable List<String> command(Mode mode, int listen, int backend, Path folder) throws IOException {
    String options = switch (mode) {
      case HTTP1, FILTERS -> "";
      case H2C -> " http2";
      case TLS -> " ssl";
    };
    String tls = mode == Mode.TLS
        ? "ssl_certificate " + certificate.chain() + "; ssl_certificate_key " + certificate.key() + "; ssl_session_cache shared:s:1m;" : "";
    String filters = mode != Mode.FILTERS ? "" : """
        access_log %s/access.log combined;
            proxy_set_header X-One 1;
            proxy_set_header X-Two 2;
            proxy_set_header X-Three 3;
            proxy_set_header X-Four "$host";
            proxy_set_header User-Agent "";
            add_header X-Five 5;
            add_header X-Six 6;
            add_header X-Seven 7;
            proxy_hide_header X-Eight;
            rewrite ^/filters/(.*)$ /$1 break;
        """.formatted(folder);
    return write(folder, """
        upstream backend { server 127.0.0.1:%d; keepalive 256; }
        server {
          listen 127.0.0.1:%d%s backlog=1024;
          %s
          location / {
            proxy_pass http://backend;
            proxy_http_version 1.1;
            proxy_request_buffering off;
            proxy_max_temp_file_size 0;
            client_max_body_size 0;
            proxy_set_header Connection "";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            %s
          }
        }
        """.formatted(backend, listen, options, tls, filters));
  }

  private static @Nullable List<String> write(Path home, String servers) throws IOException {
    Path binary = Programs.find("nginx");
    if (binary == null) {
      return null;
    }
    Path file = Files.writeString(home.resolve("nginx.conf"), """
        daemon off;
        user root;
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
