package dev.sluice.routes.declare;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How an argument of one type is written and read. A type of its own offers its reader as `public static final ArgType<…> ARGUMENT`.
///
/// @param <T> what it is read into
public interface ArgType<T> {
  /// What is expected, with its article, to stand behind "must be": `a header name`.
  String expected();

  /// How the type is called in tables and signatures: `header name`.
  default String label() {
    String text = expected();
    return text.startsWith("a ") ? text.substring(2) : text.startsWith("an ") ? text.substring(3) : text;
  }

  /// The value, or null when the literal is of a form that this type never takes (a number for a header name).
  ///
  /// @throws ArgumentProblem for a value that is not accepted; its message follows the parameter's name: `must …`, `is no …`
  @Nullable T read(LiteralNode literal, Parameter parameter);

  /// All accepted texts, when they are few: for documentation and completion.
  default List<String> choices() {
    return List.of();
  }

  /// A type that is written as a string.
  ///
  /// @param make throws [ArgumentProblem] for a text that is not accepted
  static <T> ArgType<T> ofText(String expected, Function<String, T> make) {
    return new ArgType<>() {
      @Override
      public String expected() {
        return expected;
      }

      @Override
      public @Nullable T read(LiteralNode literal, Parameter parameter) {
        return literal instanceof LiteralNode.Text text ? make.apply(text.value()) : null;
      }
    };
  }

  /// A type that is written as a number.
  static <T> ArgType<T> ofNumber(String expected, Function<Double, T> make) {
    return new ArgType<>() {
      @Override
      public String expected() {
        return expected;
      }

      @Override
      public @Nullable T read(LiteralNode literal, Parameter parameter) {
        if (!(literal instanceof LiteralNode.Number number)) {
          return null;
        }
        parameter.requireInRange(number.value());
        return make.apply(number.value());
      }
    };
  }
}
