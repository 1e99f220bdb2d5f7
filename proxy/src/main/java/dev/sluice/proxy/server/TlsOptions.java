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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Both sides of TLS as the flags say. Certificates are read again when one of their files changes; while they do not fit together the old ones stay.
final class TlsOptions implements AutoCloseable {
  private final @Nullable ServerTls server;
  private final ClientTls client;
  private final FileWatch files = new FileWatch();

  /// A flag with certificates and that with their keys.
  private record Pairs(Flag<List<String>> certificates, Flag<List<String>> keys, GatewaySettings settings, Path directory) {
    private Pairs {
      int n = settings.get(certificates).size();
      if (n != settings.get(keys).size()) {
        throw new IllegalArgumentException(
            "-" + certificates.name() + " names " + n + " files and -" + keys.name() + " " + settings.get(keys).size() + "; give a key for each certificate");
      }
    }

    List<Path> paths() {
      List<Path> paths = new ArrayList<>();
      settings.get(certificates).forEach(name -> paths.add(directory.resolve(name)));
      settings.get(keys).forEach(name -> paths.add(directory.resolve(name)));
      return paths;
    }

    List<TlsIdentity> read() throws TlsProblem {
      List<Path> paths = paths();
      List<TlsIdentity> identities = new ArrayList<>();
      for (int i = 0; i < paths.size() / 2; i++) {
        identities.add(TlsIdentity.read(paths.get(i), paths.get(paths.size() / 2 + i)));
      }
      return identities;
    }

    String flag() {
      return "-" + certificates.name();
    }
  }

  /// @param directory what relative paths are relative to
  /// @throws StartProblem when files are missing or bad, or a flag's value is none of its own
  TlsOptions(GatewaySettings settings, Path directory, ApplicationLog log) throws StartProblem {
    Pairs listener = pairs(TlsFlags.TLS_CERT, TlsFlags.TLS_KEY, settings, directory);
    Pairs backends = pairs(TlsFlags.CLIENT_TLS_CERT, TlsFlags.CLIENT_TLS_KEY, settings, directory);
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
      watch(listener, server::replace, log);
    }
    if (!shown.isEmpty()) {
      watch(backends, client::replace, log);
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

  private static Pairs pairs(Flag<List<String>> certificates, Flag<List<String>> keys, GatewaySettings settings, Path directory)
      throws StartProblem {
    try {
      return new Pairs(certificates, keys, settings, directory);
    } catch (IllegalArgumentException e) {
      throw new StartProblem(String.valueOf(e.getMessage()));
    }
  }

  private static List<TlsIdentity> read(Pairs pairs) throws StartProblem {
    try {
      return pairs.read();
    } catch (TlsProblem e) {
      throw new StartProblem(pairs.flag() + ": " + e.getMessage());
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

  private void watch(Pairs pairs, Consumer<List<TlsIdentity>> use, ApplicationLog log) {
    Runnable again = () -> {
      try {
        use.accept(pairs.read());
        log.info(pairs.flag() + ": read again");
      } catch (TlsProblem e) {
        log.logger().warn("{}: the old certificates stay: {}", pairs.flag(), e.getMessage());
      }
    };
    pairs.paths().stream().distinct().forEach(path -> files.watch(path, again));
  }

  @Override
  public void close() {
    files.close();
  }
}
