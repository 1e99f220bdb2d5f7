package dev.sluice.routes.source;

import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.DataClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes data clients of what the gateway's flags name.
public final class RouteSources {
  private RouteSources() {}

  /// A folder is read with all below it; anything else is taken for a file, which may appear later.
  ///
  /// @param poll how often it is looked at when the platform tells nothing
  public static DataClient path(String path, Duration poll) {
    Path place = Path.of(path);
    return Files.isDirectory(place) ? new FolderDataClient(place, poll) : new FileDataClient(place, poll);
  }

  /// A value that is no URL of HTTP is taken for a path.
  ///
  /// @param poll how often it is fetched, and how long that may take
  /// @throws ArgumentProblem for a malformed URL
  public static DataClient url(String url, Duration poll) {
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      return path(url, poll);
    }
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null) {
        throw new ArgumentProblem("\"" + url + "\" has no host");
      }
      return new HttpDataClient(uri, poll);
    } catch (URISyntaxException e) {
      throw new ArgumentProblem("\"" + url + "\" is no URL: " + e.getReason());
    }
  }

  /// @param routes the text of `-inline-routes`, or null
  public static List<DataClient> inline(@Nullable String routes) {
    return routes == null || routes.isEmpty() ? List.of() : List.of(new InlineDataClient("-inline-routes", routes));
  }
}
