package dev.sluice.routes.table;

import dev.sluice.routes.spi.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines in a list. Not thread-safe.
public final class PlainHeaders implements Headers {
  private final List<Line> lines = new ArrayList<>();

  private record Line(String name, String value) {}

  @Override
  public @Nullable String first(String name) {
    for (Line line : lines) {
      if (line.name.equalsIgnoreCase(name)) {
        return line.value;
      }
    }
    return null;
  }

  @Override
  public List<String> all(String name) {
    return lines.stream().filter(line -> line.name.equalsIgnoreCase(name)).map(Line::value).toList();
  }

  @Override
  public boolean contains(String name) {
    return first(name) != null;
  }

  @Override
  public void set(String name, String value) {
    remove(name);
    add(name, value);
  }

  @Override
  public void add(String name, String value) {
    if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("line break or NUL in the value of header " + name);
    }
    lines.add(new Line(name, trimmed(value)));
  }

  @Override
  public void remove(String name) {
    lines.removeIf(line -> line.name.equalsIgnoreCase(name));
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> consumer) {
    lines.forEach(line -> consumer.accept(line.name, line.value));
  }

  @Override
  public int size() {
    return lines.size();
  }

  private static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) {
      from++;
    }
    while (to > from && (value.charAt(to - 1) == ' ' || value.charAt(to - 1) == '\t')) {
      to--;
    }
    return value.substring(from, to);
  }
}
