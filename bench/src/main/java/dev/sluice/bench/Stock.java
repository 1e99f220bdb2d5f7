package dev.sluice.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Jetty's own `ProxyHandler`: HTTP/1.1 only, and nothing but forwarding.
final class Stock implements Proxy {
  @Override
  public String name() {
    return "jetty-proxy";
  }

  @Override
  public boolean java() {
    return true;
  }

  @Override
  public @Nullable List<String> command(Mode mode, int listen, int backend, Path folder) {
    if (mode != Mode.HTTP1) {
      return null;
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseCompactObjectHeaders", "-cp",
        System.getProperty("java.class.path"), StockProxy.class.getName(), Integer.toString(listen), Integer.toString(backend));
  }
}
