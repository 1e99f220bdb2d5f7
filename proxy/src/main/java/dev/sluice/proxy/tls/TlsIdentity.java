package dev.sluice.proxy.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// A certificate with its chain, leaf first, and its private key.
///
/// @param names DNS names of the certificate in lower case, some with `*` as their first label; the common name when it has no other names
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key, List<String> names) {
  private static final Integer DNS_NAME = 2;

  public TlsIdentity {
    chain = List.copyOf(chain);
    names = List.copyOf(names);
  }

  /// Reads a pair of PEM files; they may be the same file.
  ///
  /// @throws TlsProblem when a file cannot be read or the key is not the certificate's
  public static TlsIdentity read(Path certificate, Path key) throws TlsProblem {
    List<X509Certificate> chain = PemFile.read(certificate).certificates();
    PrivateKey secret = PemFile.read(key).privateKey();
    if (!belongs(secret, chain.getFirst())) {
      throw new TlsProblem(key + " is not the key of the certificate in " + certificate);
    }
    return new TlsIdentity(chain, secret, names(chain.getFirst()));
  }

  private static boolean belongs(PrivateKey key, X509Certificate leaf) {
    String algorithm = switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
    try {
      Signature signature = Signature.getInstance(algorithm);
      byte[] text = leaf.getSignature();
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(leaf.getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<String> names(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> others = leaf.getSubjectAlternativeNames();
      if (others != null) {
        for (List<?> other : others) {
          if (DNS_NAME.equals(other.get(0))) {
            names.add(String.valueOf(other.get(1)).toLowerCase(Locale.ROOT));
          }
        }
        return names;
      }
      new LdapName(leaf.getSubjectX500Principal().getName()).getRdns().stream()
          .filter(part -> part.getType().equalsIgnoreCase("CN"))
          .forEach(part -> names.add(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT)));
    } catch (CertificateParsingException | InvalidNameException e) {
      // A certificate without a name that could be asked for still serves as the first one does.
    }
    return names;
  }

  /// Whether the certificate is for a host (RFC 9525 §6.3).
  ///
  /// @param host in lower case
  boolean isFor(String host) {
    int dot = host.indexOf('.');
    String wild = dot > 0 ? "*" + host.substring(dot) : host;
    return names.contains(host) || names.contains(wild);
  }
}
