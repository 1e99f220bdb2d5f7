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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads files again and again, and publishes them when something changed.
final class WatchedFiles implements AutoCloseable {
  /// Between two readings that must be equal, so that a file that is being written is not taken for whole.
  private static final Duration SETTLE = Duration.ofMillis(100);

  private static final int MOST_SETTLING = 10;

  private static final Duration GRAIN = Duration.ofSeconds(2);

  private final Listing listing;
  private final Duration poll;
  private final Changes changes = new Changes();
  private Snapshot last = Snapshot.of();
  private Map<Path, Known> known = Map.of();

  private final Map<Path, Emptied> emptied = new HashMap<>();

  /// A file that lost all its text.
  ///
  /// @param before the text it had
  private record Emptied(SourceText before, long since) {}

  /// A file as it was read: while it looks the same, it is not read again. One that was changed a moment ago may change again within
  /// the clock's grain.
  private record Known(SourceText text, FileTime modified, long size, @Nullable Object key, Instant read) {
    boolean isLike(BasicFileAttributes now, @Nullable Object keyNow) {
      return now.size() == size && now.lastModifiedTime().equals(modified) && Objects.equals(keyNow, key)
          && modified.toInstant().plus(GRAIN).isBefore(read);
    }
  }

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
    Map<Path, Known> readNow = new HashMap<>();
    try {
      for (Path file : listing.files(directories)) {
        read(file, texts, problems, readNow);
      }
      known = readNow;
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

  private void read(Path file, List<SourceText> texts, List<Diagnostic> problems, Map<Path, Known> readNow) {
    try {
      BasicFileAttributes look = Files.readAttributes(file, BasicFileAttributes.class);
      Known before = known.get(file);
      Known now = before != null && before.isLike(look, key(file, look)) ? before : read(file, look, before);
      readNow.put(file, now);
      texts.add(unlessJustEmptied(file, now.text, before == null ? null : before.text, problems));
    } catch (NoSuchFileException e) {
      problems.add(problem(null, "route file \"" + file + "\" does not exist"));
    } catch (IOException | OutOfMemoryError e) {
      String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
      // With the file as its source: what came from it before stays.
      problems.add(problem(SourceText.of(file.toString(), ""), "route file \"" + file + "\" cannot be read: " + why));
    }
  }

  private static Known read(Path file, BasicFileAttributes look, @Nullable Known before) throws IOException {
    Instant now = Instant.now();
    byte[] bytes = Files.readAllBytes(file);
    boolean same = before != null && Arrays.equals(before.text.bytes(), bytes);
    SourceText text = same && before != null ? before.text : SourceText.of(file.toString(), bytes);
    return new Known(text, look.lastModifiedTime(), look.size(), key(file, look), now);
  }

  /// Which file it is, and when anything about it was changed last, where the platform tells.
  private static @Nullable Object key(Path file, BasicFileAttributes look) throws IOException {
    try {
      return List.of(String.valueOf(look.fileKey()), Files.getAttribute(file, "unix:ctime"));
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return look.fileKey();
    }
  }

  /// The text, or the one before while it is not clear whether somebody has emptied the file or is about to write it.
  private SourceText unlessJustEmptied(Path file, SourceText now, @Nullable SourceText before, List<Diagnostic> problems) {
    if (!isBlank(now)) {
      emptied.remove(file);
      return now;
    }
    Emptied known = emptied.get(file);
    if (known == null && before != null && !isBlank(before)) {
      known = new Emptied(before, System.nanoTime());
      emptied.put(file, known);
    }
    if (known == null || System.nanoTime() - known.since >= poll.toNanos()) {
      emptied.remove(file);
      return now;
    }
    problems.add(Diagnostic.warning(RouteCode.SOURCE_EMPTIED, known.before, Span.NONE,
            "route file \"" + file + "\" is empty; its routes stay until it has been so for " + poll.toMillis() + " ms")
        .withHelp("to take routes away at once, delete the file"));
    return known.before;
  }

  private static boolean isBlank(SourceText text) {
    for (byte b : text.bytes()) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
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
