package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder in which a case runs, and the names that stand for things of the run.
///
/// Closing it deletes the folder.
final class RunFolder implements AutoCloseable {

  private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)\\}", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern PORT_TEXT = Pattern.compile("\"(\\$\\{PORT\\d\\})\"");

  final Path path;
  private final Map<String, String> names;

  RunFolder(PortBase ports) throws IOException {
    path = Files.createTempDirectory("conformance-");
    names = new ConcurrentHashMap<>(ports.names(path));
  }

  /// Lets `${NAME}` stand for a text from now on.
  void name(String name, String text) {
    names.put(name, text);
  }

  /// Replaces each known `${NAME}`; others stay, since filters have templates of that form.
  String fill(String text) {
    return NAME.matcher(text).replaceAll(found ->
        Matcher.quoteReplacement(names.getOrDefault(found.group(1), found.group())));
  }

  Object fill(Object value) {
    return Members.eachText(value, this::fill);
  }

  Members fill(Members value) {
    return Members.of(fill((Object) value));
  }

  /// Writes a file in one go, so that whoever watches it never sees a part.
  ///
  /// @param content a text, or JSON in which the text `"${PORT1}"` stands for a number
  void write(String name, Object content) throws IOException {
    Path file = path.resolve(name);
    Files.createDirectories(file.getParent());
    String text = content instanceof String plain ? plain : PORT_TEXT.matcher(Json.write(content)).replaceAll("$1");
    Path staged = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(staged, fill(text));
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void remove(String name) throws IOException {
    Files.delete(path.resolve(name));
  }

  Path log(int number) {
    return path.resolve("log-%d.txt".formatted(number));
  }

  /// What was printed into the first logs.
  String logs(int count) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(Files.exists(log(i)) ? Texts.file(log(i)) : "");
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
    }
  }
}
