package dev.sluice.routes.source;

import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// All route files (`*.gw`, `*.eskip`) in a folder and below it, watched, in the order of their paths. Names that begin with a
/// dot are left out: editors and mounted configuration keep their own files there.
public final class FolderDataClient implements DataClient {
  private static final int DEEPEST = 32;

  private final Path folder;
  private final WatchedFiles watched;

  /// @param poll how often the folder is looked at when the platform tells nothing
  public FolderDataClient(Path folder, Duration poll) {
    this.folder = folder;
    this.watched = new WatchedFiles(this::list, poll);
  }

  /// True for names of route files.
  public static boolean isRouteFile(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return !name.startsWith(".") && (name.endsWith(".gw") || name.endsWith(".eskip"));
  }

  /// Route files in a folder and below it, sorted.
  ///
  /// @throws IOException when the folder itself cannot be read
  public static List<Path> routeFiles(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, visitor(folder, files, path -> {}));
    Collections.sort(files);
    return files;
  }

  @Override
  public String name() {
    return "folder " + folder;
  }

  @Override
  public void run(Consumer<Snapshot> publish) throws InterruptedException {
    watched.run(publish);
  }

  @Override
  public void close() {
    watched.close();
  }

  private List<Path> list(Set<Path> directories) throws IOException {
    var files = new ArrayList<Path>();
    WatchedFiles.addDirectories(folder, directories);
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, visitor(folder, files, directories::add));
    files.forEach(file -> WatchedFiles.addDirectories(file, directories));
    Collections.sort(files);
    return files;
  }

  private static SimpleFileVisitor<Path> visitor(Path folder, List<Path> files, Consumer<Path> directories) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (!directory.equals(folder) && directory.getFileName().toString().startsWith(".")) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        directories.accept(directory.toAbsolutePath());
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        // Links are followed: what is still a link here leads nowhere, and is reported when it is read.
        if ((attributes.isRegularFile() || attributes.isSymbolicLink()) && isRouteFile(file)) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(folder)) {
          throw e;
        }
        // A loop of links, or no permission; one that looks like a route file is reported when it is read.
        if (isRouteFile(file)) {
          files.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
