package dev.sluice.conformance;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;

/// Puts keys of the older forms into the envelope of PKCS #8 (RFC 5208), the only one that Java reads.
final class Der {

  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Der() {}

  /// An `RSAPrivateKey` of PKCS #1.
  static byte[] rsaAsPkcs8(byte[] key) {
    return sequence(VERSION_0, RSA, element(0x04, key));
  }

  /// An `ECPrivateKey` of RFC 5915, which must name its curve.
  static byte[] ecAsPkcs8(byte[] key) throws InvalidKeySpecException {
    int at = header(key, 0);                              // SEQUENCE
    at = end(key, at);                                    // version
    at = end(key, at);                                    // the private value
    if (at >= key.length || key[at] != (byte) 0xa0) {
      throw new InvalidKeySpecException("an EC key that does not name its curve");
    }
    byte[] curve = Arrays.copyOfRange(key, header(key, at), end(key, at));
    return sequence(VERSION_0, sequence(EC_PUBLIC_KEY, curve), element(0x04, key));
  }

  /// Where the content of the element begins that starts there.
  private static int header(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    return at + 2 + (length < 0x80 ? 0 : length - 0x80);
  }

  /// Where the element ends that starts there.
  private static int end(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length >= 0x80) {
      int bytes = length - 0x80;
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | der[at + 2 + i] & 0xff;
      }
    }
    return header(der, at) + length;
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return element(0x30, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
