package dev.sluice.routes.declare;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Readers of Java's own types, and the way to those of other types.
final class StandardTypes {
  private static final Map<Class<?>, ArgType<?>> ALL = Map.ofEntries(
      Map.entry(String.class, ArgType.ofText("a string", text -> text)),
      Map.entry(double.class, ArgType.ofNumber("a number", value -> value)),
      Map.entry(Double.class, ArgType.ofNumber("a number", value -> value)),
      Map.entry(int.class, new WholeNumber(true)),
      Map.entry(Integer.class, new WholeNumber(true)),
      Map.entry(long.class, new WholeNumber(false)),
      Map.entry(Long.class, new WholeNumber(false)),
      Map.entry(boolean.class, new TrueOrFalse()),
      Map.entry(Boolean.class, new TrueOrFalse()),
      Map.entry(Duration.class, new DurationText()),
      Map.entry(LiteralNode.class, new AnyLiteral()));

  private StandardTypes() {}

  static ArgType<?> of(Class<?> type) {
    ArgType<?> known = ALL.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return new Choice(Arrays.asList(type.getEnumConstants()));
    }
    try {
      return (ArgType<?>) type.getField("ARGUMENT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " offers no ArgType ARGUMENT", e);
    }
  }

  /// `int` or `long`: a fraction is cut off unless the parameter refuses it.
  private record WholeNumber(boolean narrow) implements ArgType<Number> {
    @Override
    public String expected() {
      return "a number";
    }

    @Override
    public @Nullable Number read(LiteralNode literal, Parameter parameter) {
      if (!(literal instanceof LiteralNode.Number number)) {
        return null;
      }
      double cut = number.value() < 0 ? Math.ceil(number.value()) : Math.floor(number.value());
      if (parameter.whole() && cut != number.value()) {
        throw new ArgumentProblem("must be a whole number, not " + Parameter.text(number.value()));
      }
      parameter.requireInRange(cut);
      double limit = narrow ? Integer.MAX_VALUE : 1L << 53;
      if (Math.abs(cut) > limit) {
        throw new ArgumentProblem("must be at most " + Parameter.text(limit) + ", not " + Parameter.text(number.value()));
      }
      if (narrow) {
        return (int) cut;
      }
      return (long) cut;
    }
  }

  /// The strings `"true"` and `"false"`, as the language has no boolean.
  private record TrueOrFalse() implements ArgType<Boolean> {
    @Override
    public String expected() {
      return "\"true\" or \"false\"";
    }

    @Override
    public List<String> choices() {
      return List.of("true", "false");
    }

    @Override
    public @Nullable Boolean read(LiteralNode literal, Parameter parameter) {
      if (!(literal instanceof LiteralNode.Text text)) {
        return null;
      }
      return switch (text.value()) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new ArgumentProblem("must be " + expected() + ", not \"" + text.value() + "\"");
      };
    }
  }

  /// A duration string, or a number where the parameter gives it a unit.
  private record DurationText() implements ArgType<Duration> {
    @Override
    public String expected() {
      return "a duration such as \"1m30s\"";
    }

    @Override
    public String label() {
      return "duration";
    }

    @Override
    public @Nullable Duration read(LiteralNode literal, Parameter parameter) {
      return switch (literal) {
        case LiteralNode.Text text -> inRange(GoDuration.parse(text.value()), parameter);
        case LiteralNode.Number number -> bare(number.value(), parameter);
      };
    }

    private static @Nullable Duration bare(double value, Parameter parameter) {
      long unit = switch (parameter.bareNumber()) {
        case REFUSED -> 0;
        case NANOSECONDS -> 1;
        case MILLISECONDS -> 1_000_000;
        case SECONDS -> 1_000_000_000;
      };
      if (unit == 0) {
        return null;
      }
      if (Math.abs(value) > (double) (Long.MAX_VALUE / unit)) {
        throw new ArgumentProblem("is too long: " + Parameter.text(value));
      }
      return inRange(Duration.ofNanos((long) value * unit), parameter);
    }

    /// Bounds of a duration are in seconds.
    private static Duration inRange(Duration duration, Parameter parameter) {
      double seconds = duration.toNanos() / 1e9;
      if (seconds < parameter.min()) {
        throw new ArgumentProblem(parameter.min() == 0
            ? "must not be negative"
            : parameter.min() > 0 && parameter.min() <= 1e-9
                ? "must be longer than zero"
                : "must be at least " + Parameter.text(parameter.min()) + " seconds");
      }
      if (seconds > parameter.max()) {
        throw new ArgumentProblem("must be at most " + Parameter.text(parameter.max()) + " seconds");
      }
      return duration;
    }
  }

  /// For filters with arguments of changing types.
  private record AnyLiteral() implements ArgType<LiteralNode> {
    @Override
    public String expected() {
      return "a string or a number";
    }

    @Override
    public LiteralNode read(LiteralNode literal, Parameter parameter) {
      return literal;
    }
  }

  /// One of an enum's constants, written as its `toString`.
  private record Choice(List<?> constants) implements ArgType<Object> {
    @Override
    public String expected() {
      return String.join(" or ", choices().stream().map(choice -> "\"" + choice + "\"").toList());
    }

    @Override
    public List<String> choices() {
      return constants.stream().map(Object::toString).toList();
    }

    @Override
    public @Nullable Object read(LiteralNode literal, Parameter parameter) {
      if (!(literal instanceof LiteralNode.Text text)) {
        return null;
      }
      for (Object constant : constants) {
        if (constant.toString().equals(text.value())) {
          return constant;
        }
      }
      throw new ArgumentProblem("must be " + expected() + ", not \"" + text.value() + "\"");
    }
  }
}
