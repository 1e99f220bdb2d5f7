package dev.sluice.routes.spi;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header lines in order. Names compare without case (ASCII); written as given.
///
/// A value given to a changing method must hold no CR, LF or NUL (RFC 9112 §11.1); it is refused with [IllegalArgumentException],
/// which ends the exchange with 500.
public interface Headers {
  /// Value of the first line of this name, or null. Trimmed of blanks and tabs at its ends.
  @Nullable String first(String name);

  /// Values of all lines of this name, in order; empty when there are none.
  List<String> all(String name);

  boolean contains(String name);

  /// Replaces all lines of this name by one.
  void set(String name, String value);

  /// Adds a line behind the others.
  void add(String name, String value);

  void remove(String name);

  /// Every line: name as written, value.
  void forEach(BiConsumer<? super String, ? super String> line);

  /// Number of lines.
  int size();
}
