package dev.sluice.routes.args;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.declare.Parameter;
import dev.sluice.routes.spi.ArgumentProblem;
import org.jspecify.annotations.Nullable;

/// A final status: 200 to 999, a fraction is cut off. (Interim statuses cannot be sent by a filter.)
public record StatusCode(int code) {
  public static final ArgType<StatusCode> ARGUMENT = new ArgType<>() {
    @Override
    public String expected() {
      return "a status code";
    }

    @Override
    public @Nullable StatusCode read(LiteralNode literal, Parameter parameter) {
      return literal instanceof LiteralNode.Number number ? new StatusCode((int) number.value()) : null;
    }
  };

  /// @throws ArgumentProblem when it is outside 200 to 999
  public StatusCode {
    if (code < 200 || code > 999) {
      throw new ArgumentProblem("must be from 200 to 999, not " + code);
    }
  }
}
