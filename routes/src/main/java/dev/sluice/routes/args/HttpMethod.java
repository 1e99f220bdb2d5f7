package dev.sluice.routes.args;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// Name of a request method (RFC 9110 §9.1), byte for byte as written.
public record HttpMethod(String name) {
  public static final ArgType<HttpMethod> ARGUMENT = ArgType.ofText("a method name", HttpMethod::new);

  /// @throws ArgumentProblem when it is no token
  public HttpMethod {
    if (!Tokens.isToken(name)) {
      throw new ArgumentProblem("is no method name: \"" + name + "\"");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
