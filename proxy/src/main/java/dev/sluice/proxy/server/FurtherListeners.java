package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.tls.ServerTls;
import dev.sluice.proxy.tls.TlsIdentity;
import dev.sluice.proxy.tls.TlsProblem;
import dev.sluice.proxy.tls.TlsProtocol;
import java.nio.file.Path;
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
  private final Path directory;

  /// @param directory what relative names of certificates are relative to
  FurtherListeners(GatewaySettings settings, Path directory) {
    this.settings = settings;
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
    for (String protocol : protocols) {
      if (!List.of("http/1.1", "h2", "h2c").contains(protocol)) {
        throw new StartProblem("-listeners: " + name + ": protocol \"" + protocol + "\" is not available here; write http/1.1, h2 or h2c");
      }
    }
    List<String> allowed = yaml.list("allowCidrs");
    int most = yaml.number("maxConnections", 0);
    Timeouts timeouts = new Timeouts(
        yaml.duration("idleTimeout", settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER)),
        yaml.duration("readHeaderTimeout", settings.get(ListenerFlags.READ_HEADER_TIMEOUT_SERVER)),
        yaml.duration("readTimeout", settings.get(ListenerFlags.READ_TIMEOUT_SERVER)),
        yaml.duration("writeTimeout", settings.get(ListenerFlags.WRITE_TIMEOUT_SERVER)));
    SocketSettings socket = socket(yaml);
    ServerTls tls = tls("-listeners: " + name + ": tls", yaml.mapping("tls"));
    yaml.refuseOthers();
    ListenerSettings usual = ListenerSettings.main(ListenAddress.anyOf("listeners: " + name + ": address", address)).named(name);
    return (protocols.isEmpty() ? usual : usual.withProtocols(protocols))
        .withTls(tls)
        .withAllowed(allowed.isEmpty() ? null : PeerList.of("-listeners: " + name + ": allowCidrs", allowed))
        .withLimit(most > 0 ? new ConnectionLimit(most, 1024, timeouts.head()) : null)
        .withSocket(socket)
        .withTimeouts(timeouts);
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
    TlsProtocol.Version version = TlsProtocol.Version.of(yaml.text("minVersion", "1.2"));
    yaml.refuseOthers();
    if (certificates.isEmpty() || certificates.size() != keys.size()) {
      throw new StartProblem(where + ": give files in certs, and as many in keys");
    }
    if (auth == null || version == null) {
      throw new StartProblem(where + ": " + (auth == null ? "clientAuth" : "minVersion") + " is unknown");
    }
    List<TlsIdentity> identities = new ArrayList<>();
    try {
      for (int i = 0; i < certificates.size(); i++) {
        identities.add(TlsIdentity.read(directory.resolve(certificates.get(i)), directory.resolve(keys.get(i))));
      }
    } catch (TlsProblem e) {
      throw new StartProblem(where + ": " + e.getMessage());
    }
    return new ServerTls(identities, auth, new TlsProtocol(version, false));
  }

  /// A listener's own limits of time.
  public record Timeouts(Duration idle, Duration head, Duration read, Duration write) {}
}
