package dev.sluice.proxy.filter.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lines `name:hash` of a file, read again when it changes; a bad later version keeps the last good one. Thread-safe.
///
/// Passwords that were accepted are remembered by a keyed digest for five minutes, since a hash takes tens of milliseconds.
final class PasswordFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

  /// @param attributes a JSON object behind the hash, or null
  private record Entry(String hash, @Nullable String attributes) {}

  private final byte[] salt = new byte[16];
  private final Cache<String, Boolean> accepted;
  private volatile Map<String, Entry> entries = Map.of();
  private AutoCloseable watch = () -> {};

  private PasswordFile(Services services) {
    new java.security.SecureRandom().nextBytes(salt);
    accepted = Caffeine.newBuilder()
        .maximumSize(10_000)
        .expireAfterWrite(Duration.ofMinutes(5))
        .ticker(() -> services.nanoTime().getAsLong())
        .executor(Runnable::run)
        .build();
  }

  static PasswordFile open(Services services, String source) throws RouteProblem {
    var file = new PasswordFile(services);
    if (source.startsWith("env:")) {
      String lines = System.getenv(source.substring(4));
      if (lines == null) {
        throw new RouteProblem("environment variable \"" + source.substring(4) + "\" of basicAuth is not set");
      }
      file.entries = parse(lines, source);
      return file;
    }
    try {
      Path path = Path.of(source);
      file.entries = parse(Files.readString(path), source);
      file.watch = services.watch(path, () -> file.reload(path));
      return file;
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new RouteProblem("password file \"" + source + "\" of basicAuth cannot be read", e);
    }
  }

  private void reload(Path path) {
    try {
      entries = parse(Files.readString(path), path.toString());
      accepted.invalidateAll();
    } catch (IOException | RouteProblem e) {
      LOG.warn("password file {} is kept as it was: {}", path, e.getMessage());
    }
  }

  private static Map<String, Entry> parse(String text, String source) throws RouteProblem {
    var entries = new HashMap<String, Entry>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new RouteProblem("line " + number + " of password file \"" + source + "\" has no colon");
      }
      int json = line.endsWith("}") ? line.indexOf(":{", colon + 1) : -1;
      boolean attributes = json > colon + 1;
      String hash = line.substring(colon + 1, attributes ? json : line.length()).strip();
      if (entries.put(line.substring(0, colon), new Entry(hash, attributes ? line.substring(json + 1) : null)) != null) {
        throw new RouteProblem("line " + number + " of password file \"" + source + "\" repeats a name");
      }
    }
    return Map.copyOf(entries);
  }

  /// Takes the time of a hash also for a name that is not known.
  boolean accepts(String name, String password) {
    Map<String, Entry> now = entries;
    Entry entry = now.get(name);
    String key = digest(name, password);
    if (entry != null && accepted.getIfPresent(key) != null) {
      return true;
    }
    String hash = entry != null ? entry.hash : now.isEmpty() ? "" : now.values().iterator().next().hash;
    boolean right = PasswordHash.matches(hash, password) && entry != null;
    if (right) {
      accepted.put(key, true);
    }
    return right;
  }

  @Nullable String attributes(String name) {
    Entry entry = entries.get(name);
    return entry == null ? null : entry.attributes;
  }

  private String digest(String name, String password) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      sha.update(name.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      return HexFormat.of().formatHex(sha.digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (Exception e) {
      LOG.debug("watch", e);
    }
  }
}
