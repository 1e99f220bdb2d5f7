package dev.sluice.proxy.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The gateway's side of TLS towards backends. Sessions are resumed per host and port. Usable from any thread.
public final class ClientTls {
  private final TlsKeys keys;
  private final TlsProtocol protocol;
  private final boolean verify;
  private final List<X509Certificate> authorities;
  private final Duration handshakeTimeout;
  private final @Nullable String serverName;
  private volatile @Nullable SSLContext context;

  private ClientTls(
      List<TlsIdentity> identities, TlsProtocol protocol, boolean verify, List<X509Certificate> authorities, Duration handshakeTimeout,
      @Nullable String serverName) {
    this.serverName = serverName;
    this.keys = new TlsKeys(identities);
    this.protocol = protocol;
    this.verify = verify;
    this.authorities = List.copyOf(authorities);
    this.handshakeTimeout = handshakeTimeout;
  }

  /// Verifies certificates and host names, against the JDK's authorities.
  ///
  /// @param identities certificates to show to backends that ask for one; may be empty
  /// @param handshakeTimeout longest handshake; zero: no limit
  public static ClientTls verifying(List<TlsIdentity> identities, TlsProtocol protocol, Duration handshakeTimeout) {
    return new ClientTls(identities, protocol, true, List.of(), handshakeTimeout, null);
  }

  /// Verifies against these authorities alone.
  public static ClientTls trusting(List<X509Certificate> authorities, List<TlsIdentity> identities, Duration handshakeTimeout) {
    return new ClientTls(identities, TlsProtocol.DEFAULT, true, authorities, handshakeTimeout, null);
  }

  /// Verifies nothing.
  public static ClientTls insecure(List<TlsIdentity> identities, TlsProtocol protocol, Duration handshakeTimeout) {
    return new ClientTls(identities, protocol, false, List.of(), handshakeTimeout, null);
  }

  /// With everything chosen.
  ///
  /// @param verify whether certificates and host names are verified
  /// @param authorities that are believed; empty: the JDK's
  /// @param serverName asked for and verified instead of the endpoint's host; null: the host
  public static ClientTls of(List<TlsIdentity> identities, TlsProtocol protocol, boolean verify, List<X509Certificate> authorities,
      Duration handshakeTimeout, @Nullable String serverName) {
    return new ClientTls(identities, protocol, verify, authorities, handshakeTimeout, serverName);
  }

  public Duration handshakeTimeout() {
    return handshakeTimeout;
  }

  /// Handshakes from now on use these certificates.
  public void replace(List<TlsIdentity> identities) {
    keys.replace(identities);
  }

  /// Loads the authorities, which takes a while, unless that was done: the first engine needs them.
  public void prepare() {
    context();
  }

  /// The engine of one connection. The host is asked for by name (RFC 6066 §3) unless it is an address, and verified.
  public SSLEngine engine(String host, int port) {
    return engine(host, port, null);
  }

  /// The same, for one protocol to be agreed on (RFC 7301); null: ALPN is not used.
  public SSLEngine engine(String host, int port, @Nullable String protocolName) {
    String asked = serverName == null ? host : serverName;
    String name = asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
    SSLEngine engine = context().createSSLEngine(name, port);
    engine.setUseClientMode(true);
    protocol.applyTo(engine);
    SSLParameters parameters = engine.getSSLParameters();
    if (verify) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!isAddress(name)) {
      try {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      } catch (IllegalArgumentException e) {
        // Not a name that can be asked for; a certificate for it may still come.
      }
    }
    if (protocolName != null) {
      parameters.setApplicationProtocols(new String[] {protocolName});
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }

  private SSLContext context() {
    SSLContext made = context;
    return made == null ? make() : made;
  }

  private synchronized SSLContext make() {
    SSLContext made = context;
    if (made == null) {
      made = TlsProtocol.context(keys, trust());
      context = made;
    }
    return made;
  }

  private List<? extends TrustManager> trust() {
    return verify ? TlsProtocol.trust(authorities) : List.of(new TrustAll());
  }
}
