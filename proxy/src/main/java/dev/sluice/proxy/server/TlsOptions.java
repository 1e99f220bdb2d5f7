package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.TlsFlags;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.proxy.tls.ClientTls;
import dev.sluice.proxy.tls.ServerTls;
import dev.sluice.proxy.tls.TlsIdentity;
import dev.sluice.proxy.tls.TlsProblem;
import dev.sluice.proxy.tls.TlsProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Both sides of TLS as the flags say. Certificates are read again when one of their files changes; while they do not fit together the old ones stay.
final class TlsOptions implements AutoCloseable {
  private final @Nullable ServerTls server;
  private final ClientTls client;
  private final FileWatch files = new FileWatch();

  private final ApplicationLog log;

  /// Reads files again.
  interface Reading<T> {
    T read() throws TlsProblem;
  }

  /// @param directory what relative paths are relative to
  /// @throws StartProblem when files are missing or bad, or a flag's value is none of its own
  TlsOptions(GatewaySettings settings, Path directory, ApplicationLog log) throws StartProblem {
    this.log = log;
    CertificateFiles listener = files(TlsFlags.TLS_CERT, TlsFlags.TLS_KEY, settings, directory);
    CertificateFiles backends = files(TlsFlags.CLIENT_TLS_CERT, TlsFlags.CLIENT_TLS_KEY, settings, directory);
    TlsProtocol protocol = protocol(settings, log);
    ServerTls.ClientAuth auth = clientAuth(settings);
    List<TlsIdentity> own = read(listener);
    List<TlsIdentity> shown = read(backends);
    server = own.isEmpty() ? null : new ServerTls(own, auth, protocol);
    Duration longest = settings.get(BackendFlags.TLS_TIMEOUT_BACKEND);
    // As in Skipper, the listener's limits hold towards backends only where there are certificates for them.
    TlsProtocol towards = shown.isEmpty() ? TlsProtocol.DEFAULT : protocol;
    client = settings.get(BackendFlags.INSECURE)
        ? ClientTls.insecure(shown, towards, longest) : ClientTls.verifying(shown, towards, longest);
    if (server != null) {
      watch(listener.where(), listener.paths(), listener::read, server::replace);
    }
    if (!shown.isEmpty()) {
      watch(backends.where(), backends.paths(), backends::read, client::replace);
    }
  }

  /// Loads the authorities for backends, off the loops, which would stand still for that long.
  void prepare() {
    Thread.ofVirtual().name("tls").start(client::prepare);
  }

  /// The listener's side; null when there are no certificates for it.
  @Nullable ServerTls server() {
    return server;
  }

  ClientTls client() {
    return client;
  }

  private static CertificateFiles files(Flag<List<String>> certificates, Flag<List<String>> keys, GatewaySettings settings, Path directory)
      throws StartProblem {
    int n = settings.get(certificates).size();
    if (n != settings.get(keys).size()) {
      throw new StartProblem(
          "-" + certificates.name() + " names " + n + " files and -" + keys.name() + " " + settings.get(keys).size() + "; give a key for each certificate");
    }
    return CertificateFiles.of("-" + certificates.name(), settings.get(certificates), settings.get(keys), directory);
  }

  private static List<TlsIdentity> read(CertificateFiles files) throws StartProblem {
    try {
      return files.read();
    } catch (TlsProblem e) {
      throw new StartProblem(files.where() + ": " + e.getMessage());
    }
  }

  private static TlsProtocol protocol(GatewaySettings settings, ApplicationLog log) {
    String text = settings.get(TlsFlags.TLS_MIN_VERSION);
    TlsProtocol.Version version = TlsProtocol.Version.of(text);
    if (version == null) {
      log.info("-" + TlsFlags.TLS_MIN_VERSION.name() + ": \"" + text + "\" is no version of TLS; 1.2 is used");
      version = TlsProtocol.Version.TLS_1_2;
    }
    return new TlsProtocol(version, settings.get(TlsFlags.EXCLUDE_INSECURE_CIPHER_SUITES));
  }

  private static ServerTls.ClientAuth clientAuth(GatewaySettings settings) throws StartProblem {
    String text = settings.get(TlsFlags.TLS_CLIENT_AUTH);
    ServerTls.ClientAuth auth = ServerTls.ClientAuth.of(text);
    if (auth == null) {
      throw new StartProblem("-" + TlsFlags.TLS_CLIENT_AUTH.name() + ": \"" + text + "\" is unknown; write NoClientCert, RequestClientCert,"
          + " RequireAnyClientCert, VerifyClientCertIfGiven or RequireAndVerifyClientCert");
    }
    return auth;
  }

  /// Reads again when one of the files changes; what cannot be read is not used.
  ///
  /// @param where begins messages
  <T> void watch(String where, List<Path> paths, Reading<T> reading, Consumer<T> use) {
    Runnable again = () -> {
      try {
        use.accept(reading.read());
        log.info(where + ": read again");
      } catch (TlsProblem e) {
        log.logger().warn("{}: the old certificates stay: {}", where, e.getMessage());
      }
    };
    paths.forEach(path -> files.watch(path, again));
  }

  @Override
  public void close() {
    files.close();
  }
}
