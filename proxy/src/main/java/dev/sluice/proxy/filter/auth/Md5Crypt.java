package dev.sluice.proxy.filter.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/// The MD5 hash of crypt(3) (`$1$`) and of Apache (`$apr1$`): a thousand rounds of MD5 over password, salt and the hash so far (the scheme of Poul-Henning Kamp).
final class Md5Crypt {
  private static final String ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int[][] GROUPS = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};

  private Md5Crypt() {}

  /// The hash with the magic and salt of `stored`.
  static String hash(byte[] password, String stored) throws GeneralSecurityException {
    String magic = stored.startsWith("$apr1$") ? "$apr1$" : "$1$";
    String rest = stored.substring(magic.length());
    int end = rest.indexOf('$');
    String saltText = rest.substring(0, Math.min(8, end < 0 ? rest.length() : end));
    byte[] salt = saltText.getBytes(StandardCharsets.UTF_8);
    byte[] digest = first(password, magic.getBytes(StandardCharsets.UTF_8), salt);
    for (int i = 0; i < 1000; i++) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(i % 2 == 1 ? password : digest);
      if (i % 3 != 0) {
        md5.update(salt);
      }
      if (i % 7 != 0) {
        md5.update(password);
      }
      digest = md5.digest(i % 2 == 1 ? digest : password);
    }
    return magic + saltText + "$" + encode(digest);
  }

  private static byte[] first(byte[] password, byte[] magic, byte[] salt) throws GeneralSecurityException {
    MessageDigest inner = MessageDigest.getInstance("MD5");
    inner.update(password);
    inner.update(salt);
    byte[] mixed = inner.digest(password);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    md5.update(password);
    md5.update(magic);
    md5.update(salt);
    for (int left = password.length; left > 0; left -= 16) {
      md5.update(mixed, 0, Math.min(16, left));
    }
    for (int bits = password.length; bits > 0; bits >>= 1) {
      md5.update((bits & 1) == 1 || password.length == 0 ? 0 : password[0]);
    }
    return md5.digest();
  }

  private static String encode(byte[] digest) {
    var text = new StringBuilder(22);
    for (int[] group : GROUPS) {
      int value = (digest[group[0]] & 255) << 16 | (digest[group[1]] & 255) << 8 | digest[group[2]] & 255;
      append(text, value, 4);
    }
    append(text, digest[11] & 255, 2);
    return text.toString();
  }

  private static void append(StringBuilder text, int value, int count) {
    int left = value;
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(left & 63));
      left >>= 6;
    }
  }
}
