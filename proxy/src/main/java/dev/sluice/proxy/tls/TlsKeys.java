package dev.sluice.proxy.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Chooses a certificate for each handshake: a listener's by the name that the client asks for, the first one when none fits (as Go's crypto/tls does); a
/// backend's by the authorities that it names. The certificates may be replaced at any time; handshakes under way keep theirs.
final class TlsKeys extends X509ExtendedKeyManager {
  private volatile Generation current;

  private record Generation(int number, List<TlsIdentity> identities, @Nullable Generation before) {
    private @Nullable TlsIdentity get(String alias) {
      int dot = alias.indexOf('.');
      int wanted = Integer.parseInt(alias.substring(0, dot));
      Generation of = this;
      while (of != null && of.number != wanted) {
        of = of.before;
      }
      return of == null ? null : of.identities.get(Integer.parseInt(alias.substring(dot + 1)));
    }
  }

  TlsKeys(List<TlsIdentity> identities) {
    current = new Generation(0, List.copyOf(identities), null);
  }

  /// Handshakes from now on use these.
  synchronized void replace(List<TlsIdentity> identities) {
    Generation last = current;
    Generation kept = new Generation(last.number, last.identities, null);
    current = new Generation(last.number + 1, List.copyOf(identities), kept);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Generation now = current;
    if (now.identities.isEmpty() || !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
      return null;
    }
    String[] algorithms = session.getPeerSupportedSignatureAlgorithms();
    List<TlsIdentity> usable = now.identities.stream().filter(identity -> signs(identity, algorithms)).toList();
    String host = host(session.getRequestedServerNames());
    TlsIdentity chosen = host == null ? first(usable, any -> true) : first(usable, identity -> identity.isFor(host));
    if (chosen == null) {
      chosen = now.identities.getFirst();
    }
    return chosen.key().getAlgorithm().equals(keyType) ? alias(now, chosen) : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    Generation now = current;
    List<String> types = List.of(keyTypes);
    TlsIdentity chosen = first(now.identities, identity -> types.contains(identity.key().getAlgorithm()) && issued(identity, issuers));
    return chosen == null ? null : alias(now, chosen);
  }

  private static @Nullable TlsIdentity first(List<TlsIdentity> identities, Predicate<TlsIdentity> fits) {
    return identities.stream().filter(fits).findFirst().orElse(null);
  }

  /// Whether there is more than one certificate to choose from.
  boolean several() {
    return current.identities.size() > 1;
  }

  /// See [ServerTls#misdirected].
  boolean misdirected(ExtendedSSLSession session, String authority) {
    String asked = host(session.getRequestedServerNames());
    String host = withoutPort(authority);
    if (asked == null || asked.equals(host)) {
      return false;
    }
    List<TlsIdentity> fitting = current.identities.stream().filter(identity -> identity.isFor(host)).toList();
    Certificate[] shown = session.getLocalCertificates();
    return !fitting.isEmpty() && shown != null && fitting.stream().noneMatch(identity -> identity.chain().getFirst().equals(shown[0]));
  }

  private static String withoutPort(String authority) {
    int colon = authority.indexOf(':', authority.lastIndexOf(']') + 1);
    String host = (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static boolean signs(TlsIdentity identity, String[] algorithms) {
    String kind = switch (identity.key().getAlgorithm()) {
      case "EC" -> "ECDSA";
      case "RSA" -> "RSA";
      default -> "ED";
    };
    return Arrays.stream(algorithms).anyMatch(algorithm -> kind.equals("ED") ? algorithm.startsWith("Ed") : algorithm.contains(kind));
  }

  private static @Nullable String host(List<SNIServerName> names) {
    for (SNIServerName name : names) {
      if (name instanceof SNIHostName host) {
        return host.getAsciiName().toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }

  private static boolean issued(TlsIdentity identity, Principal @Nullable [] issuers) {
    if (issuers == null || issuers.length == 0) {
      return true;
    }
    List<Principal> named = List.of(issuers);
    return identity.chain().stream().anyMatch(certificate -> named.contains(certificate.getIssuerX500Principal()));
  }

  private static String alias(Generation now, TlsIdentity identity) {
    return now.number + "." + now.identities.indexOf(identity);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    TlsIdentity identity = current.get(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    TlsIdentity identity = current.get(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // engines only
  }

  @Override
  public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // engines only
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }
}
