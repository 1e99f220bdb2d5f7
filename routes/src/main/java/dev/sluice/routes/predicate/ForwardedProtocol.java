package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Of several elements the last protocol counts, in any case.
@Declaration(
    name = "ForwardedProtocol",
    summary = "Matches the protocol in the Forwarded header",
    examples = @Example("""
        plain: ForwardedProtocol("http") -> redirectTo(308, "https:") -> <shunt>;"""))
public record ForwardedProtocol(@Arg("Protocol of the client's connection") Protocol protocol) implements StatelessPredicate {
  /// What may be asked for.
  public enum Protocol {
    HTTP("http"),
    HTTPS("https");

    private final String text;

    Protocol(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Override
  public boolean test(Request request) {
    String found = Forwarded.last(request.headers(), "proto");
    return protocol.text.equalsIgnoreCase(found);
  }
}
