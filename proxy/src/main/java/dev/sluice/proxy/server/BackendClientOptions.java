package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.tls.CertificateFile;
import dev.sluice.proxy.tls.ClientTls;
import dev.sluice.proxy.tls.TlsIdentity;
import dev.sluice.proxy.tls.TlsProblem;
import dev.sluice.proxy.tls.TlsProtocol;
import dev.sluice.proxy.upstream.ForwardProxies;
import dev.sluice.proxy.upstream.UpstreamSettings;
import dev.sluice.proxy.upstream.UpstreamSettings.Protocol;
import dev.sluice.proxy.upstream.UpstreamSettings.Reach;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `-backend-clients`. What a client does not say is as for all backends.
final class BackendClientOptions {
  private static final String FLAG = "-" + BackendFlags.BACKEND_CLIENTS.name();

  private final UpstreamSettings plain;
  private final GatewaySettings settings;
  private final Path directory;

  private BackendClientOptions(UpstreamSettings plain, GatewaySettings settings, Path directory) {
    this.plain = plain;
    this.settings = settings;
    this.directory = directory;
  }

  /// The settings for all backends, and with them those of the named clients.
  static UpstreamSettings of(UpstreamSettings plain, GatewaySettings settings, Path directory) throws StartProblem {
    BackendClientOptions options = new BackendClientOptions(plain, settings, directory);
    Map<String, UpstreamSettings> clients = new LinkedHashMap<>();
    for (Map.Entry<String, Object> client : settings.get(BackendFlags.BACKEND_CLIENTS).entrySet()) {
      String place = FLAG + ": " + client.getKey();
      try {
        clients.put(client.getKey(), options.client(new YamlValues(client.getValue())));
      } catch (IllegalArgumentException | TlsProblem e) {
        throw new StartProblem(place + ": " + e.getMessage());
      }
    }
    return plain.withClients(clients);
  }

  private UpstreamSettings client(YamlValues values) throws TlsProblem {
    Duration idle = values.duration("idleTimeout");
    int most = values.number("maxConnections", plain.connectionsPerHost());
    UpstreamSettings client = plain
        .withIdle(values.number("idleConnections", plain.idlePerHost()), idle == null ? plain.idleTimeout() : idle)
        .withConnections(most, plain.waitingPerHost(), plain.waitTimeout())
        .withMaxHeadBytes(values.number("maxResponseHeaderBytes", plain.maxHeadBytes()))
        .withTls(tls(values))
        .withReach(reach(values));
    if (Boolean.TRUE.equals(values.flag("compression"))) {
      throw new IllegalArgumentException("compression: answers pass as the backend sends them; write false, or the filter decompress");
    }
    values.end();
    return client;
  }

  private static Reach reach(YamlValues values) {
    Duration dial = values.duration("dialTimeout");
    Duration head = values.duration("responseHeaderTimeout");
    String socket = values.text("unixSocket");
    String local = values.text("localAddress");
    return new Reach(protocol(values.text("protocol")), proxies(values.text("proxy")), address(local),
        socket == null ? null : Path.of(socket), dial == null ? -1 : dial.toNanos(), head == null ? -1 : head.toNanos());
  }

  private static @Nullable InetAddress address(@Nullable String text) {
    try {
      return text == null ? null : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("localAddress: must be an address such as 10.0.0.1, not \"" + text + "\"", e);
    }
  }

  private static Protocol protocol(@Nullable String text) {
    return switch (text == null ? "http/1.1" : text) {
      case "http/1.1" -> Protocol.HTTP_1;
      case "h2", "h2c" -> Protocol.HTTP_2;
      default -> throw new IllegalArgumentException("protocol: \"" + text + "\" is unknown; write http/1.1, h2 or h2c");
    };
  }

  /// `environment` is what other programs do without being told.
  private static ForwardProxies proxies(@Nullable String text) {
    if (text == null) {
      return ForwardProxies.NONE;
    }
    try {
      return text.equals("environment") ? ForwardProxies.of(System.getenv()) : ForwardProxies.all(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("proxy: " + e.getMessage(), e);
    }
  }

  private ClientTls tls(YamlValues values) throws TlsProblem {
    Duration longest = values.duration("tlsTimeout");
    YamlValues tls = values.inner("tls");
    if (tls == null && longest == null) {
      return plain.tls();
    }
    YamlValues said = tls == null ? new YamlValues(Map.of()) : tls;
    String ca = said.text("ca");
    List<X509Certificate> authorities = ca == null ? List.of() : CertificateFile.read(directory.resolve(ca));
    Boolean insecure = said.flag("insecure");
    TlsProtocol protocol = new TlsProtocol(
        version(said.text("minVersion"), TlsProtocol.Version.TLS_1_2), version(said.text("maxVersion"), TlsProtocol.Version.TLS_1_3), false);
    ClientTls made = ClientTls.of(identities(said), protocol, !(insecure == null ? settings.get(BackendFlags.INSECURE) : insecure), authorities,
        longest == null ? plain.tls().handshakeTimeout() : longest, said.text("serverName"));
    said.end();
    // Off the loops, which would stand still for as long as the authorities take to load.
    Thread.ofVirtual().name("tls").start(made::prepare);
    return made;
  }

  private List<TlsIdentity> identities(YamlValues tls) throws TlsProblem {
    String certificate = tls.text("cert");
    String key = tls.text("key");
    if (certificate == null && key == null) {
      return List.of();
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("tls: cert and key belong together; one of them is missing");
    }
    return List.of(TlsIdentity.read(directory.resolve(certificate), directory.resolve(key)));
  }

  private static TlsProtocol.Version version(@Nullable String text, TlsProtocol.Version otherwise) {
    TlsProtocol.Version version = text == null ? otherwise : TlsProtocol.Version.of(text);
    if (version == null) {
      throw new IllegalArgumentException("tls: \"" + text + "\" is no version of TLS; write 1.0, 1.1, 1.2 or 1.3");
    }
    return version;
  }
}
