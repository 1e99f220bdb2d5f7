package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// A certificate of its own for one run: ECDSA P-256, for 127.0.0.1.
///
/// @param chain PEM
/// @param key PEM, PKCS #8
/// @param both the two in one file
record Certificate(Path chain, Path key, Path both) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static Certificate make(Path folder) throws IOException, InterruptedException {
    Path store = folder.resolve("store.p12");
    Programs.output(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "bench", "-keyalg", "EC", "-groupname",
        "secp256r1", "-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1,DNS:localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore",
        store.toString(), "-storepass", new String(PASSWORD)));
    try {
      KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
      Path chain = Files.writeString(folder.resolve("chain.pem"), pem("CERTIFICATE", keys.getCertificate("bench").getEncoded()));
      Path key = Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", keys.getKey("bench", PASSWORD).getEncoded()));
      Path both = Files.copy(chain, folder.resolve("both.pem"));
      Files.write(both, Files.readAllBytes(key), StandardOpenOption.APPEND);
      return new Certificate(chain, key, both);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be read back", e);
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
  }
}
