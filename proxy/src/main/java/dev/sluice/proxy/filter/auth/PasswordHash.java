package dev.sluice.proxy.filter.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/// Compares a password with a stored hash, in constant time.
final class PasswordHash {
  private PasswordHash() {}

  /// False for a hash of an unknown kind.
  static boolean matches(String hash, String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    try {
      if (hash.startsWith("{SHA}")) {
        return equal(hash.substring(5), Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes)));
      }
      if (hash.startsWith("{PLAIN}")) {
        return equal(hash.substring(7), password);
      }
      if (hash.startsWith("$apr1$") || hash.startsWith("$1$")) {
        return equal(hash, Md5Crypt.hash(bytes, hash));
      }
      if (hash.matches("\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53}")) {
        return equal(hash.substring(7), Bcrypt.hash(bytes, hash));
      }
      return hash.startsWith("$pbkdf2-sha") && pbkdf2(hash, password);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /// `$pbkdf2-sha256$i=100000$salt$hash`, Base64 without `=`.
  private static boolean pbkdf2(String hash, String password) throws GeneralSecurityException {
    String[] parts = hash.split("\\$");
    if (parts.length != 5 || !parts[2].matches("i=[0-9]{1,8}")) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts[3]);
    byte[] wanted = Base64.getDecoder().decode(parts[4]);
    String algorithm = parts[1].equals("pbkdf2-sha512") ? "PBKDF2WithHmacSHA512" : "PBKDF2WithHmacSHA256";
    var spec = new javax.crypto.spec.PBEKeySpec(
        password.toCharArray(), salt, Integer.parseInt(parts[2].substring(2)), wanted.length * 8);
    byte[] made = javax.crypto.SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
    return MessageDigest.isEqual(wanted, made);
  }

  private static boolean equal(String a, String b) {
    return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
