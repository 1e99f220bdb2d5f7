package dev.sluice.proxy.filter.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// bcrypt (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999): Blowfish whose key schedule is repeated 2^cost times with password and
/// salt in turn. The tables of Blowfish are the binary digits of pi behind the point; they are computed once instead of written down.
final class Bcrypt {
  private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ROUNDS = 16;
  private static final int[] PI = Pi.words(18 + 4 * 256);
  private static final byte[] TEXT = "OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII);

  private final int[] p = Arrays.copyOfRange(PI, 0, 18);
  private final int[] s = Arrays.copyOfRange(PI, 18, PI.length);

  private Bcrypt() {}

  /// Salt and hash (53 characters) with the cost and salt of `stored` (`$2b$10$…`).
  static String hash(byte[] password, String stored) {
    int cost = Integer.parseInt(stored.substring(4, 6));
    if (cost < 4 || cost > 31) {
      throw new IllegalArgumentException("cost " + cost);
    }
    String saltText = stored.substring(7, 29);
    byte[] salt = decode(saltText);
    byte[] key = Arrays.copyOf(password, Math.min(72, password.length + 1)); // with a zero byte at its end
    var state = new Bcrypt();
    state.expand(key, salt);
    byte[] none = new byte[16];
    for (long i = 0; i < 1L << cost; i++) {
      state.expand(key, none);
      state.expand(salt, none);
    }
    return saltText + encode(state.encryptText());
  }

  private void expand(byte[] key, byte[] salt) {
    int at = 0;
    for (int i = 0; i < p.length; i++) {
      int word = 0;
      for (int j = 0; j < 4; j++) {
        word = word << 8 | key[at] & 255;
        at = at + 1 == key.length ? 0 : at + 1;
      }
      p[i] ^= word;
    }
    int[] half = {0, 0};
    int saltAt = 0;
    for (int i = 0; i < p.length + s.length; i += 2) {
      half[0] ^= word(salt, saltAt);
      half[1] ^= word(salt, saltAt + 4);
      saltAt = (saltAt + 8) % 16;
      encrypt(half);
      int[] table = i < p.length ? p : s;
      int index = i < p.length ? i : i - p.length;
      table[index] = half[0];
      table[index + 1] = half[1];
    }
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 255) << 24 | (bytes[at + 1] & 255) << 16 | (bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255;
  }

  private void encrypt(int[] half) {
    int left = half[0];
    int right = half[1];
    for (int i = 0; i < ROUNDS; i += 2) {
      left ^= p[i];
      right ^= mix(left);
      right ^= p[i + 1];
      left ^= mix(right);
    }
    half[0] = right ^ p[17];
    half[1] = left ^ p[16];
  }

  private int mix(int word) {
    return ((s[word >>> 24] + s[256 + (word >>> 16 & 255)]) ^ s[512 + (word >>> 8 & 255)]) + s[768 + (word & 255)];
  }

  private byte[] encryptText() {
    ByteBuffer out = ByteBuffer.allocate(24);
    for (int block = 0; block < 24; block += 8) {
      int[] half = {word(TEXT, block), word(TEXT, block + 4)};
      for (int i = 0; i < 64; i++) {
        encrypt(half);
      }
      out.putInt(half[0]).putInt(half[1]);
    }
    return Arrays.copyOf(out.array(), 23);
  }

  private static byte[] decode(String text) {
    byte[] bytes = new byte[16];
    int bits = 0;
    int count = 0;
    int at = 0;
    for (int i = 0; i < text.length() && at < bytes.length; i++) {
      bits = bits << 6 | ALPHABET.indexOf(text.charAt(i));
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes[at++] = (byte) (bits >> count);
      }
    }
    return bytes;
  }

  private static String encode(byte[] bytes) {
    var text = new StringBuilder(31);
    int bits = 0;
    int count = 0;
    for (byte b : bytes) {
      bits = bits << 8 | b & 255;
      count += 8;
      while (count >= 6) {
        count -= 6;
        text.append(ALPHABET.charAt(bits >> count & 63));
      }
    }
    return text.append(ALPHABET.charAt(bits << 6 - count & 63)).toString();
  }
}
