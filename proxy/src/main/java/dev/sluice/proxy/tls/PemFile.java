package dev.sluice.proxy.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A file of PEM blocks (RFC 7468): certificates, and keys as PKCS #8, PKCS #1 (RSA) or SEC 1 (EC). Text between blocks is a comment.
record PemFile(Path path, List<Block> blocks) {
  private static final long LARGEST = 1 << 20;
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";
  /// INTEGER 0; AlgorithmIdentifier rsaEncryption (RFC 8017 appendix A.1).
  private static final byte[] RSA = bytes("020100300d06092a864886f70d0101010500");
  /// OBJECT IDENTIFIER id-ecPublicKey (RFC 5480 §2.1.1).
  private static final byte[] EC_PUBLIC_KEY = bytes("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = bytes("020100");

  record Block(String label, byte[] content) {}

  static PemFile read(Path path) throws TlsProblem {
    try {
      if (Files.size(path) > LARGEST) {
        throw new TlsProblem(path + " is too large for a PEM file");
      }
      return new PemFile(path, blocks(path, Files.readString(path, StandardCharsets.ISO_8859_1)));
    } catch (NoSuchFileException e) {
      throw new TlsProblem(path + " does not exist");
    } catch (IOException e) {
      throw new TlsProblem(path + " cannot be read: " + e.getMessage());
    }
  }

  private static List<Block> blocks(Path path, String text) throws TlsProblem {
    List<Block> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int from = text.indexOf(DASHES, at + BEGIN.length());
      String label = from < 0 ? "" : text.substring(at + BEGIN.length(), from);
      int to = text.indexOf("-----END " + label + DASHES, at);
      if (from < 0 || to < 0) {
        throw new TlsProblem(path + " is damaged: a PEM block has no end");
      }
      blocks.add(new Block(label, content(path, label, text.substring(from + DASHES.length(), to))));
      at = text.indexOf(BEGIN, to);
    }
    return blocks;
  }

  private static byte[] content(Path path, String label, String body) throws TlsProblem {
    if (label.equals("ENCRYPTED PRIVATE KEY") || body.contains("Proc-Type: 4,ENCRYPTED")) {
      throw new TlsProblem(path + " holds an encrypted private key; decrypt it first (openssl pkey -in FILE -out FILE)");
    }
    try {
      return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new TlsProblem(path + " is damaged: the block " + label + " is not base64");
    }
  }

  /// All certificates of the file, at least one.
  List<X509Certificate> certificates() throws TlsProblem {
    List<X509Certificate> chain = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE")) {
        try {
          chain.add((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content)));
        } catch (CertificateException e) {
          throw new TlsProblem(path + " is damaged: certificate " + (chain.size() + 1) + " cannot be read");
        }
      }
    }
    if (chain.isEmpty()) {
      throw new TlsProblem(path + " holds no certificate in PEM form");
    }
    return chain;
  }

  /// The first private key of the file.
  PrivateKey privateKey() throws TlsProblem {
    for (Block block : blocks) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return key(block.content);
        }
        case "RSA PRIVATE KEY" -> {
          return key(sequence(RSA, tagged(0x04, block.content)));
        }
        case "EC PRIVATE KEY" -> {
          byte[] algorithm = sequence(EC_PUBLIC_KEY, curve(block.content));
          return key(sequence(VERSION_0, algorithm, tagged(0x04, block.content)));
        }
        default -> {
          // Certificates, and the curve that OpenSSL writes before an EC key.
        }
      }
    }
    throw new TlsProblem(path + " holds no private key in PEM form");
  }

  private PrivateKey key(byte[] pkcs8) throws TlsProblem {
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // A key of another kind, or none.
      }
    }
    throw new TlsProblem(path + " holds a private key that cannot be read; EC, RSA and Ed25519 keys can");
  }

  /// The curve's name: content of the element [0] of an ECPrivateKey (RFC 5915 §3), behind the version and the key.
  private byte[] curve(byte[] key) throws TlsProblem {
    try {
      int at = inside(key, 0);
      for (int i = 0; i < 2; i++) {
        at = inside(key, at) + length(key, at);
      }
      if (key[at] == (byte) 0xa0) {
        return java.util.Arrays.copyOfRange(key, inside(key, at), inside(key, at) + length(key, at));
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // The same as without a curve.
    }
    throw new TlsProblem(path + " holds an EC key without its curve; write it anew with openssl pkey -in FILE -out FILE");
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int i = 0; first > 0x80 && i < first - 0x80; i++) {
      length = length << 8 | der[at + 2 + i] & 0xff;
    }
    return length;
  }

  private static int inside(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first > 0x80 ? first - 0x80 : 0);
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return tagged(0x30, all.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.length < 0x80) {
      der.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      der.write(0x80 + bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        der.write(content.length >> 8 * i);
      }
    }
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }
}
