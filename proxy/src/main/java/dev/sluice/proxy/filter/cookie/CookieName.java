package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.args.Tokens;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// Name of a cookie: a token.
public record CookieName(String name) {
  public static final ArgType<CookieName> ARGUMENT = ArgType.ofText("a cookie name", CookieName::new);

  /// @throws ArgumentProblem when it is no token
  public CookieName {
    if (!Tokens.isToken(name)) {
      throw new ArgumentProblem("is no cookie name: \"" + name + "\"");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
