package dev.sluice.proxy.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// A PEM file of certificates, such as those of authorities.
public final class CertificateFile {
  private CertificateFile() {}

  /// @throws TlsProblem when it cannot be read, or holds no certificate
  public static List<X509Certificate> read(Path path) throws TlsProblem {
    return PemFile.read(path).certificates();
  }
}
