package dev.sluice.proxy.filter.body;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Chooses an encoding by an Accept-Encoding line (RFC 9110 §12.5.3): the one with the highest quality, among equals the first configured. `*` does
/// not count; q=0 excludes; a quality that is none counts as 1.
final class AcceptedEncoding {
  private AcceptedEncoding() {}

  static @Nullable Encoding choose(String line, List<Encoding> offered) {
    Encoding best = null;
    double bestQuality = 0;
    for (String entry : line.split(",")) {
      String[] parts = entry.split(";");
      Encoding encoding = parts.length == 0 ? null : Encoding.of(parts[0].strip().toLowerCase(Locale.ROOT));
      if (encoding == null || !offered.contains(encoding)) {
        continue;
      }
      double quality = parts.length > 1 ? quality(parts[1].strip()) : 1;
      boolean earlier = best == null || offered.indexOf(encoding) < offered.indexOf(best);
      if (quality > bestQuality || quality == bestQuality && quality > 0 && earlier) {
        best = encoding;
        bestQuality = quality;
      }
    }
    return best;
  }

  private static double quality(String parameter) {
    if (!parameter.regionMatches(true, 0, "q=", 0, 2)) {
      return 1;
    }
    try {
      double quality = Double.parseDouble(parameter.substring(2).strip());
      return quality >= 0 && quality <= 1 ? quality : 1;
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
