package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.tls.CertificateFile;
import dev.sluice.proxy.tls.ServerTls;
import dev.sluice.proxy.tls.TlsProblem;
import dev.sluice.proxy.tls.TlsProtocol;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The listeners of `-listeners`: a YAML mapping from names to settings.
///
/// ```yaml
/// inside: {address: 'unix:/run/sluice.sock'}
/// partners: {address: ':8443', tls: {certs: [p.crt], keys: [p.key]}, allowCidrs: [10.0.0.0/8], maxConnections: 1000, idleTimeout: 10s}
/// ```
public final class FurtherListeners {
  private final GatewaySettings settings;
  private final TlsOptions watcher;
  private final Path directory;

  /// @param watcher reads certificates again when they change
  /// @param directory what relative names of certificates are relative to
  FurtherListeners(GatewaySettings settings, TlsOptions watcher, Path directory) {
    this.settings = settings;
    this.watcher = watcher;
    this.directory = directory;
  }

  static Set<String> names(GatewaySettings settings) {
    return settings.get(ListenerFlags.LISTENERS).keySet();
  }

  /// @throws StartProblem when a setting is unknown or wrong; says which
  List<ListenerSettings> all() throws StartProblem {
    List<ListenerSettings> listeners = new ArrayList<>();
    for (Map.Entry<String, Object> entry : settings.get(ListenerFlags.LISTENERS).entrySet()) {
      if (Set.of("main", "support").contains(entry.getKey())) {
        throw new StartProblem("-listeners: the name \"" + entry.getKey() + "\" is taken; give the listener another one");
      }
      listeners.add(one(entry.getKey(), YamlSettings.of("-listeners: " + entry.getKey(), entry.getValue())));
    }
    return listeners;
  }

  private ListenerSettings one(String name, YamlSettings yaml) throws StartProblem {
    String address = yaml.text("address", "");
    List<String> protocols = yaml.list("protocols");
    List<String> allowed = yaml.list("allowCidrs");
    int most = yaml.number("maxConnections", 0);
    Timeouts timeouts = new Timeouts(
        yaml.duration("idleTimeout", settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER)),
        yaml.duration("readHeaderTimeout", settings.get(ListenerFlags.READ_HEADER_TIMEOUT_SERVER)),
        yaml.duration("readTimeout", settings.get(ListenerFlags.READ_TIMEOUT_SERVER)),
        yaml.duration("writeTimeout", settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER)));
    SocketSettings socket = socket(yaml);
    String altSvc = yaml.text("altSvc", "");
    ServerTls tls = tls("-listeners: " + name + ": tls", yaml.mapping("tls"));
    yaml.refuseOthers();
    String wrong = wrong(protocols, tls != null, altSvc, !allowed.isEmpty() && address.startsWith("unix:"));
    if (wrong != null) {
      throw new StartProblem("-listeners: " + name + ": " + wrong);
    }
    ListenerSettings usual = ListenerSettings.main(ListenAddress.anyOf("listeners: " + name + ": address", address)).named(name);
    return (protocols.isEmpty() ? usual : usual.withProtocols(protocols))
        .withTls(tls)
        .withAllowed(allowed.isEmpty() ? null : PeerList.of("-listeners: " + name + ": allowCidrs", allowed))
        .withLimit(most > 0 ? new ConnectionLimit(most, 1024, timeouts.head()) : null)
        .withSocket(socket)
        .withAlternative(altSvc.isEmpty() ? null : altSvc)
        .withTimeouts(timeouts);
  }

  /// What would be accepted without an effect, or cannot be done.
  private static @Nullable String wrong(List<String> protocols, boolean tls, String altSvc, boolean allowsByUnix) {
    for (String protocol : protocols) {
      if (!List.of("http/1.1", "h2", "h2c").contains(protocol)) {
        return "protocol \"" + protocol + "\" is not available here; write http/1.1, h2 or h2c";
      }
    }
    if (protocols.contains(tls ? "h2c" : "h2")) {
      return tls ? "protocol h2c is spoken without TLS; write h2" : "protocol h2 needs tls; write h2c for HTTP/2 without";
    }
    if (!protocols.isEmpty() && !protocols.contains("http/1.1")) {
      return "protocols must have http/1.1, which is spoken on each listener";
    }
    if (!altSvc.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return "altSvc must be the value of an Alt-Svc header, such as h2=\":8443\"";
    }
    return allowsByUnix ? "allowCidrs means nothing for a Unix socket, whose clients have no address; its file's permissions decide" : null;
  }

  private static SocketSettings socket(YamlSettings yaml) throws StartProblem {
    SocketSettings usual = SocketSettings.DEFAULT;
    return new SocketSettings(
        yaml.number("backlog", usual.backlog()), yaml.onOff("reusePort", usual.reusePort()), yaml.onOff("noDelay", usual.noDelay()),
        yaml.onOff("keepAlive", usual.keepAlive()), yaml.number("receiveBuffer", 0), yaml.number("sendBuffer", 0), yaml.number("linger", -1));
  }

  private @Nullable ServerTls tls(String where, @Nullable YamlSettings yaml) throws StartProblem {
    if (yaml == null) {
      return null;
    }
    List<String> certificates = yaml.list("certs");
    List<String> keys = yaml.list("keys");
    ServerTls.ClientAuth auth = ServerTls.ClientAuth.of(yaml.text("clientAuth", "NoClientCert"));
    List<String> authorities = yaml.list("clientCA");
    TlsProtocol.Version lowest = TlsProtocol.Version.of(yaml.text("minVersion", "1.2"));
    TlsProtocol.Version highest = TlsProtocol.Version.of(yaml.text("maxVersion", "1.3"));
    List<String> suites = yaml.list("ciphers");
    List<String> groups = yaml.list("curves");
    yaml.refuseOthers();
    if (certificates.isEmpty() || certificates.size() != keys.size()) {
      throw new StartProblem(where + ": give files in certs, and as many in keys");
    }
    if (auth == null || lowest == null || highest == null) {
      throw new StartProblem(where + ": " + (auth == null ? "clientAuth" : lowest == null ? "minVersion" : "maxVersion") + " is unknown");
    }
    if (lowest.compareTo(highest) > 0) {
      throw new StartProblem(where + ": minVersion is higher than maxVersion");
    }
    if (!authorities.isEmpty() && !auth.verifies()) {
      throw new StartProblem(where + ": clientCA needs clientAuth VerifyClientCertIfGiven or RequireAndVerifyClientCert");
    }
    try {
      return watched(where, CertificateFiles.of(where, certificates, keys, directory), authorities.stream().map(directory::resolve).toList(), auth,
          new TlsProtocol(lowest, highest, false).with(suites, groups));
    } catch (TlsProblem | IllegalArgumentException e) {
      throw new StartProblem(where + ": " + e.getMessage());
    }
  }

  private ServerTls watched(String where, CertificateFiles files, List<Path> authorities, ServerTls.ClientAuth auth, TlsProtocol protocol)
      throws TlsProblem {
    ServerTls tls = new ServerTls(files.read(), auth, protocol, certificates(authorities));
    watcher.watch(where, files.paths(), files::read, tls::replace);
    watcher.watch(where + ": clientCA", authorities, () -> certificates(authorities), tls::trust);
    return tls;
  }

  private static List<X509Certificate> certificates(List<Path> files) throws TlsProblem {
    List<X509Certificate> all = new ArrayList<>();
    for (Path file : files) {
      all.addAll(CertificateFile.read(file));
    }
    return all;
  }

  /// A listener's own limits of time.
  public record Timeouts(Duration idle, Duration head, Duration read, Duration write) {}
}
