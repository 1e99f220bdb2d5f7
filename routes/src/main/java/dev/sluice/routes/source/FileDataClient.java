package dev.sluice.routes.source;

import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// One route file, or several, watched. A file that is removed takes its routes away, one that cannot be read keeps them. A
/// missing file is reported, and taken up when it appears.
public final class FileDataClient implements DataClient {
  private final List<Path> files;
  private final WatchedFiles watched;

  /// @param poll how often the files are looked at when the platform tells nothing
  public FileDataClient(List<Path> files, Duration poll) {
    this.files = List.copyOf(files);
    this.watched = new WatchedFiles(directories -> {
      this.files.forEach(file -> WatchedFiles.addDirectories(file, directories));
      return this.files;
    }, poll);
  }

  public FileDataClient(Path file, Duration poll) {
    this(List.of(file), poll);
  }

  @Override
  public String name() {
    return "file " + files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  @Override
  public void run(Consumer<Snapshot> publish) throws InterruptedException {
    watched.run(publish);
  }

  @Override
  public void close() {
    watched.close();
  }
}
