package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proxy that can be compared.
interface Proxy {
  String name();

  /// Whether it runs on a JVM, which needs time to warm up.
  boolean java();

  /// The command that starts it, or null when it is not installed or does not offer this.
  ///
  /// @param listen port of 127.0.0.1
  /// @param backend port of the backend on 127.0.0.1
  /// @param folder of its own, for its configuration and logs
  @Nullable List<String> command(Mode mode, int listen, int backend, Path folder) throws IOException;

  /// What the listener speaks.
  enum Mode {
    HTTP1, H2C, TLS,
    /// HTTP/1.1, with ten changes of headers and paths and an access log.
    FILTERS
  }
}
