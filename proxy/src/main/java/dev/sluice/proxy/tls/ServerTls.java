package dev.sluice.proxy.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.jspecify.annotations.Nullable;

/// A listener's side of TLS. Usable from any thread.
public final class ServerTls {
  private final TlsKeys keys;
  private final ClientAuth clientAuth;
  private final TlsProtocol protocol;
  private volatile SSLContext context;

  /// What is asked of clients: the names and meanings of Go's `tls.ClientAuthType`.
  public enum ClientAuth {
    NO_CLIENT_CERT("NoClientCert"),
    REQUEST_CLIENT_CERT("RequestClientCert"),
    REQUIRE_ANY_CLIENT_CERT("RequireAnyClientCert"),
    VERIFY_CLIENT_CERT_IF_GIVEN("VerifyClientCertIfGiven"),
    REQUIRE_AND_VERIFY_CLIENT_CERT("RequireAndVerifyClientCert");

    private final String text;

    ClientAuth(String text) {
      this.text = text;
    }

    /// @return null when no value is written so
    public static @Nullable ClientAuth of(String text) {
      for (ClientAuth each : values()) {
        if (each.text.equals(text)) {
          return each;
        }
      }
      return null;
    }

    /// Whether a certificate that a client shows is verified.
    public boolean verifies() {
      return this == VERIFY_CLIENT_CERT_IF_GIVEN || this == REQUIRE_AND_VERIFY_CLIENT_CERT;
    }
  }

  /// @param identities at least one; the first serves clients that ask for no name, or for one that no certificate has
  /// @param clientAuth clients' certificates are verified against the JDK's authorities
  public ServerTls(List<TlsIdentity> identities, ClientAuth clientAuth, TlsProtocol protocol) {
    this(identities, clientAuth, protocol, List.of());
  }

  /// @param authorities that clients' certificates are verified against; empty: the JDK's
  public ServerTls(List<TlsIdentity> identities, ClientAuth clientAuth, TlsProtocol protocol, List<X509Certificate> authorities) {
    if (identities.isEmpty()) {
      throw new IllegalArgumentException("a listener needs a certificate");
    }
    this.keys = new TlsKeys(identities);
    this.clientAuth = clientAuth;
    this.protocol = protocol;
    this.context = context(authorities);
  }

  private SSLContext context(List<X509Certificate> authorities) {
    return TlsProtocol.context(keys, clientAuth.verifies() ? TlsProtocol.trust(authorities) : List.of(new TrustAll()));
  }

  /// Handshakes from now on verify clients' certificates against these authorities, and resume no earlier session.
  public void trust(List<X509Certificate> authorities) {
    context = context(authorities);
  }

  /// Handshakes from now on use these certificates.
  public void replace(List<TlsIdentity> identities) {
    keys.replace(identities);
  }

  /// Whether the client asked for another name than this host (SNI), and the certificate that it was shown is not for this host, while another is: it should
  /// ask on a connection of its own (RFC 9110 §15.5.20). A client that asked for no name may ask for any host.
  ///
  /// @param host as in a Host line
  public boolean misdirected(SSLSession session, String host) {
    return keys.several() && session instanceof ExtendedSSLSession extended && keys.misdirected(extended, host);
  }

  /// HTTP/2 where the client offers it and the cipher suite is good enough (RFC 9113 §9.2.2), else HTTP/1.1. Null, an alert, when a client
  /// offers neither (RFC 7301 §3.2).
  private static @Nullable String choose(SSLEngine engine, List<String> offered, boolean http2) {
    SSLSession session = engine.getHandshakeSession();
    boolean allowed = !HTTP2Cipher.isBlackListProtocol(session.getProtocol()) || !HTTP2Cipher.isBlackListCipher(session.getCipherSuite());
    return http2 && offered.contains("h2") && allowed ? "h2" : offered.contains("http/1.1") ? "http/1.1" : null;
  }

  /// The engine of one connection.
  ///
  /// @param http2 whether it may be agreed on
  public SSLEngine engine(boolean http2) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    protocol.applyTo(engine);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.setHandshakeApplicationProtocolSelector((handshaking, offered) -> choose(handshaking, offered, http2));
    switch (clientAuth) {
      case NO_CLIENT_CERT -> {}
      case REQUEST_CLIENT_CERT, VERIFY_CLIENT_CERT_IF_GIVEN -> engine.setWantClientAuth(true);
      case REQUIRE_ANY_CLIENT_CERT, REQUIRE_AND_VERIFY_CLIENT_CERT -> engine.setNeedClientAuth(true);
    }
    return engine;
  }
}
