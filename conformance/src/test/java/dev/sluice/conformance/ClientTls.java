package dev.sluice.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The client's side of TLS: it trusts every server, and may have a certificate of its own.
final class ClientTls {

  private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final char[] NO_PASSWORD = {};

  private ClientTls() {}

  /// Does the handshake on a connected socket.
  ///
  /// @param name the server name to ask for, or null for none
  /// @param identity a PEM file with the client's certificate and key, or null for none
  static SSLSocket handshake(Socket socket, @Nullable String name, @Nullable Path identity) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity == null ? null : keys(identity, identity), new TrustManager[] {new TrustEverybody()}, null);
      SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, PortBase.HOST, socket.getPort(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
      secure.setSSLParameters(parameters);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no client side of TLS with " + identity + ": " + e.getMessage(), e);
    }
  }

  /// The key managers for the certificates of one PEM file and the key of another, or the same.
  static KeyManager[] keys(Path certificates, Path key) throws IOException, GeneralSecurityException {
    List<Certificate> chain = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(certificates, StandardCharsets.US_ASCII));
    while (blocks.find()) {
      if (blocks.group(1).equals("CERTIFICATE")) {
        chain.add(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der(blocks.group(2)))));
      }
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("own", privateKey(Files.readString(key, StandardCharsets.US_ASCII)), NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /// The first private key of a PEM text: PKCS #8, or the older forms of RSA and EC keys.
  static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    Matcher blocks = BLOCK.matcher(pem);
    while (blocks.find()) {
      byte[] content = der(blocks.group(2));
      switch (blocks.group(1)) {
        case "PRIVATE KEY" -> {
          return pkcs8(content);
        }
        case "RSA PRIVATE KEY" -> {
          return pkcs8(Der.rsaAsPkcs8(content));
        }
        case "EC PRIVATE KEY" -> {
          return pkcs8(Der.ecAsPkcs8(content));
        }
        default -> {
          // A certificate, or the curve's parameters that OpenSSL writes before a key.
        }
      }
    }
    throw new InvalidKeySpecException("there is no private key in this file");
  }

  private static byte[] der(String base64) {
    return Base64.getMimeDecoder().decode(base64);
  }

  private static PrivateKey pkcs8(byte[] key) throws GeneralSecurityException {
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key));
      } catch (InvalidKeySpecException e) {
        // A key of another kind.
      }
    }
    throw new InvalidKeySpecException("neither an EC nor an RSA nor an EdDSA key");
  }

  private static final class TrustEverybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
