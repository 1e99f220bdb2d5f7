package dev.sluice.proxy.filter.auth;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.spi.Services;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The contents of the files under `-credentials-paths`, by their path as written: a file itself, or the files directly in a folder. Read again when they
/// change. One newline at the end is no part of a secret.
final class Secrets {
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final List<String> paths;
  private final Services services;
  private final Set<Path> watched = new HashSet<>();
  private volatile Map<String, String> byPath = Map.of();

  private Secrets(List<String> paths, Services services) {
    this.paths = paths;
    this.services = services;
  }

  static Secrets of(Services services) {
    return services.shared(Secrets.class, "credentials", key -> {
      var secrets = new Secrets(FlagSettings.read(services, LimitFlags.CREDENTIALS_PATHS), services);
      secrets.read();
      return secrets;
    });
  }

  @Nullable String secret(String path) {
    return byPath.get(path);
  }

  private synchronized void read() {
    var found = new HashMap<String, String>();
    for (String path : paths) {
      Path place = Path.of(path);
      watch(place);
      try {
        if (!Files.isDirectory(place)) {
          found.put(path, text(place));
          continue;
        }
        try (Stream<Path> files = Files.list(place)) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            watch(file);
            found.put(place.normalize().resolve(file.getFileName()).toString(), text(file));
          }
        }
      } catch (IOException e) {
        LOG.warn("secrets of {} cannot be read: {}", path, e.toString());
      }
    }
    byPath = Map.copyOf(found);
  }

  private void watch(Path place) {
    if (watched.add(place)) {
      services.watch(place, this::read);
    }
  }

  private static String text(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
