package dev.sluice.routes.declare;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.LiteralNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.spi.ArgumentProblem;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Builds the declared record from the arguments of a call. Thread-safe; has no side effects beyond the list of problems.
public final class ArgumentBinder {
  private final CatalogEntry entry;
  private final CallNode call;
  private final @Nullable SourceText source;
  private final List<Diagnostic> problems;
  private boolean failed;

  private ArgumentBinder(CatalogEntry entry, CallNode call, @Nullable SourceText source, List<Diagnostic> problems) {
    this.entry = entry;
    this.call = call;
    this.source = source;
    this.problems = problems;
  }

  /// The spec built from the call, or null with diagnostics added to `problems`.
  ///
  /// @param source null for a call that was not read from a text
  public static @Nullable Object bind(
      CatalogEntry entry, CallNode call, @Nullable SourceText source, List<Diagnostic> problems) {
    return new ArgumentBinder(entry, call, source, problems).bind();
  }

  private @Nullable Object bind() {
    List<Parameter> parameters = entry.parameters();
    List<LiteralNode> arguments = entry.ignoresArguments() && parameters.isEmpty() ? List.of() : call.arguments();
    Object[] values = new Object[parameters.size()];
    int next = 0;
    int missing = -1;
    for (int i = 0; i < values.length; i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.variadic()) {
        List<LiteralNode> rest = arguments.subList(next, arguments.size());
        values[i] = readAll(rest, parameter);
        missing = rest.size() < parameter.atLeast() && missing < 0 ? i : missing;
        next = arguments.size();
      } else if (parameter.optional()) {
        boolean here = next < arguments.size() && !skipped(parameter, arguments.get(next));
        values[i] = here ? Optional.ofNullable(read(arguments.get(next++), parameter)) : Optional.empty();
      } else if (next < arguments.size()) {
        values[i] = read(arguments.get(next++), parameter);
      } else {
        missing = missing < 0 ? i : missing;
      }
    }
    if (missing >= 0 || next < arguments.size()) {
      countProblem(arguments, next, missing);
    }
    return failed ? null : build(values);
  }

  /// An option that may be skipped is left out when the argument is of another type.
  private static boolean skipped(Parameter parameter, LiteralNode argument) {
    try {
      return parameter.skippable() && parameter.type().read(argument, parameter) == null;
    } catch (ArgumentProblem problem) {
      return false; // reported when it is read
    }
  }

  private List<Object> readAll(List<LiteralNode> arguments, Parameter parameter) {
    var values = new ArrayList<Object>(arguments.size());
    for (LiteralNode argument : arguments) {
      Object value = read(argument, parameter);
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private @Nullable Object read(LiteralNode argument, Parameter parameter) {
    try {
      Object value = parameter.type().read(argument, parameter);
      if (value == null) {
        String message = ": " + parameter.name() + " must be " + parameter.type().expected() + ", not " + written(argument);
        report(ArgumentCode.ARGUMENT_TYPE, argument.span(), message);
      }
      return value;
    } catch (ArgumentProblem problem) {
      report(ArgumentCode.ARGUMENT_VALUE, argument.span(), ": " + parameter.name() + " " + problem.getMessage());
      return null;
    }
  }

  private void countProblem(List<LiteralNode> arguments, int used, int missing) {
    if (missing >= 0) {
      String name = entry.parameters().get(missing).name();
      report(ArgumentCode.ARGUMENT_COUNT, call.span(), " needs one more argument: " + name);
      return;
    }
    Span extra = arguments.get(used).span().to(arguments.getLast().span());
    int count = arguments.size();
    String most = used == 0 ? "no arguments" : used == 1 ? "at most 1 argument" : "at most " + used + " arguments";
    report(ArgumentCode.ARGUMENT_COUNT, extra, " takes " + most + ", but there " + (count == 1 ? "is 1" : "are " + count));
  }

  private @Nullable Object build(Object[] values) {
    try {
      return entry.constructor() == null ? null : entry.constructor().newInstance(values);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case ArgumentProblem problem -> report(problem);
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(entry.type().getName(), e);
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(entry.type().getName(), e);
    }
  }

  private void report(ArgumentProblem problem) {
    int at = problem.argument();
    if (at >= 0 && at < call.arguments().size()) {
      report(ArgumentCode.ARGUMENT_VALUE, call.arguments().get(at).span(), ": " + problem.getMessage());
    } else {
      report(ArgumentCode.ARGUMENTS_TOGETHER, call.span(), ": " + problem.getMessage());
    }
  }

  private void report(ArgumentCode code, Span span, String message) {
    failed = true;
    problems.add(Diagnostic.error(code, source, span, call.name() + message).withHelp("write " + entry.signature()));
  }

  private static String written(LiteralNode argument) {
    return switch (argument) {
      case LiteralNode.Number number -> "the number " + Parameter.text(number.value());
      case LiteralNode.Text text -> "the string \"" + text.value() + "\"";
    };
  }
}
