package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.spi.Snapshot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads files again and again, and publishes them when something changed.
final class WatchedFiles implements AutoCloseable {
  /// Between two readings that must be equal, so that a file that is being written is not taken for whole.
  private static final Duration SETTLE = Duration.ofMillis(100);

  private static final int MOST_SETTLING = 10;

  private final Listing listing;
  private final Duration poll;
  private final Changes changes = new Changes();
  private Snapshot last = Snapshot.of();

  /// Which files there are.
  interface Listing {
    /// @param directories gets the directories in which a change matters
    /// @throws NoSuchFileException when there is nothing there
    List<Path> files(Set<Path> directories) throws IOException;
  }

  WatchedFiles(Listing listing, Duration poll) {
    this.listing = listing;
    this.poll = poll;
  }

  void run(Consumer<Snapshot> publish) throws InterruptedException {
    Snapshot published = read();
    publish.accept(published);
    while (changes.await(poll)) {
      Snapshot now = read();
      for (int i = 0; i < MOST_SETTLING && !isSame(published, now); i++) {
        changes.pause(SETTLE);
        Snapshot again = read();
        if (isSame(now, again)) {
          published = again;
          publish.accept(again);
        }
        now = again;
      }
    }
  }

  private Snapshot read() {
    var texts = new ArrayList<SourceText>();
    var problems = new ArrayList<Diagnostic>();
    Set<Path> directories = new LinkedHashSet<>();
    try {
      for (Path file : listing.files(directories)) {
        read(file, texts, problems);
      }
    } catch (NoSuchFileException e) {
      problems.add(problem(null, "\"" + e.getFile() + "\" does not exist"));
    } catch (IOException e) {
      problems.add(problem(null, "\"" + e.getMessage() + "\" cannot be read"));
      texts.addAll(last.texts());
    }
    changes.watch(directories);
    last = new Snapshot(texts, problems);
    return last;
  }

  private static void read(Path file, List<SourceText> texts, List<Diagnostic> problems) {
    try {
      texts.add(SourceText.of(file.toString(), Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      problems.add(problem(null, "route file \"" + file + "\" does not exist"));
    } catch (IOException | OutOfMemoryError e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
      // With the file as its source: what came from it before stays.
      problems.add(problem(SourceText.of(file.toString(), ""), "route file \"" + file + "\" cannot be read: " + why));
    }
  }

  private static Diagnostic problem(@Nullable SourceText source, String message) {
    return Diagnostic.error(RouteCode.SOURCE_UNREADABLE, source, Span.NONE, message);
  }

  private static boolean isSame(Snapshot a, Snapshot b) {
    if (a.texts().size() != b.texts().size() || !messages(a).equals(messages(b))) {
      return false;
    }
    for (int i = 0; i < a.texts().size(); i++) {
      SourceText left = a.texts().get(i);
      SourceText right = b.texts().get(i);
      if (!left.name().equals(right.name()) || !Arrays.equals(left.bytes(), right.bytes())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> messages(Snapshot snapshot) {
    return snapshot.problems().stream().map(Diagnostic::message).toList();
  }

  /// Where a change of a file shows: its directory, and that of the file it links to.
  static void addDirectories(Path file, Set<Path> directories) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      directories.add(parent);
    }
    try {
      @Nullable Path real = file.toRealPath().getParent();
      if (real != null) {
        directories.add(real);
      }
    } catch (IOException e) {
      // it does not exist now; its directory tells when it does
    }
  }

  @Override
  public void close() {
    changes.close();
  }
}
