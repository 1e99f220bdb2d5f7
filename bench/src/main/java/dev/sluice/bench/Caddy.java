package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Caddy with its defaults, standing for proxies written in Go.
///
/// @param certificate for the listener with TLS
record Caddy(Certificate certificate) implements Proxy {
  @Override
  public String name() {
    return "caddy";
  }

  @Override
  public boolean java() {
    return false;
  }

  @Override
  public @Nullable List<String> command(Mode mode, int listen, int backend, Path folder) throws IOException {
    Path binary = Programs.find("caddy");
    if (binary == null) {
      return null;
    }
    String protocols = mode == Mode.H2C ? "protocols h1 h2c" : "protocols h1";
    String tls = mode == Mode.TLS ? "tls " + certificate.chain() + " " + certificate.key() : "";
    String filters = mode != Mode.FILTERS ? "" : """
        log {
            output file %s/access.log
          }
          uri strip_prefix /filters
          request_header X-One 1
          request_header X-Two 2
          request_header X-Three 3
          request_header X-Four {host}
          request_header -User-Agent
          header X-Five 5
          header X-Six 6
          header X-Seven 7
          header -X-Eight
        """.formatted(folder);
    Path file = Files.writeString(folder.resolve("Caddyfile"), """
        {
          admin off
          auto_https off
          servers {
            %s
          }
        }
        %s://:%d {
          bind 127.0.0.1
          %s
          %s
          reverse_proxy 127.0.0.1:%d {
            transport http {
              keepalive_idle_conns_per_host 256
            }
          }
        }
        """.formatted(protocols, mode == Mode.TLS ? "https" : "http", listen, tls, filters, backend));
    return List.of(
        "env", "HOME=" + folder, "XDG_DATA_HOME=" + folder, "XDG_CONFIG_HOME=" + folder, "GOMAXPROCS=1", binary.toString(), "run", "--adapter", "caddyfile",
        "--config", file.toString());
  }
}
