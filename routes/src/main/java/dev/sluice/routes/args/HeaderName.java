package dev.sluice.routes.args;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// Name of a header (RFC 9110 §5.1), in the canonical form that is sent: `X-Flow-Id`.
public record HeaderName(String name) {
  public static final ArgType<HeaderName> ARGUMENT = ArgType.ofText("a header name", HeaderName::new);

  /// @throws ArgumentProblem when it is no token
  public HeaderName {
    if (!Tokens.isToken(name)) {
      throw new ArgumentProblem("is no header name: \"" + name + "\"");
    }
    name = canonical(name);
  }

  public boolean isHost() {
    return name.equals("Host");
  }

  @Override
  public String toString() {
    return name;
  }

  /// The first letter and every letter behind a hyphen in upper case, all others in lower case; a text that is no token stays as it is.
  public static String canonical(String name) {
    if (!Tokens.isToken(name)) {
      return name;
    }
    char[] chars = name.toCharArray();
    boolean upper = true;
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (upper && c >= 'a' && c <= 'z') {
        chars[i] = (char) (c - 32);
      } else if (!upper && c >= 'A' && c <= 'Z') {
        chars[i] = (char) (c + 32);
      }
      upper = c == '-';
    }
    return new String(chars);
  }
}
