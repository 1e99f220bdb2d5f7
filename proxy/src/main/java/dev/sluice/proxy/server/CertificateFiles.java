package dev.sluice.proxy.server;

import dev.sluice.proxy.tls.TlsIdentity;
import dev.sluice.proxy.tls.TlsProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files of certificates and as many of their keys, in the same order.
///
/// @param where begins messages about them
record CertificateFiles(String where, List<Path> certificates, List<Path> keys) {
  static CertificateFiles of(String where, List<String> certificates, List<String> keys, Path directory) {
    return new CertificateFiles(where, certificates.stream().map(directory::resolve).toList(), keys.stream().map(directory::resolve).toList());
  }

  /// All of them, each once.
  List<Path> paths() {
    return Stream.concat(certificates.stream(), keys.stream()).distinct().toList();
  }

  List<TlsIdentity> read() throws TlsProblem {
    List<TlsIdentity> identities = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      identities.add(TlsIdentity.read(certificates.get(i), keys.get(i)));
    }
    return identities;
  }
}
