package dev.sluice.routes.args;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.declare.Parameter;
import dev.sluice.routes.spi.ArgumentProblem;
import org.jspecify.annotations.Nullable;

/// A number of bytes; a fraction is cut off.
public record ByteSize(long bytes) {
  public static final ArgType<ByteSize> ARGUMENT = new ArgType<>() {
    @Override
    public String expected() {
      return "a number of bytes";
    }

    @Override
    public @Nullable ByteSize read(LiteralNode literal, Parameter parameter) {
      if (!(literal instanceof LiteralNode.Number number)) {
        return null;
      }
      parameter.requireInRange(number.value());
      return new ByteSize((long) number.value());
    }
  };

  /// @throws ArgumentProblem when it is negative or above 2^53
  public ByteSize {
    if (bytes < 0 || bytes > 1L << 53) {
      throw new ArgumentProblem("must be from 0 to 9007199254740992 bytes, not " + bytes);
    }
  }
}
