package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// A request without a body has the length 0; one whose length is not known beforehand (chunked) never matches.
@Declaration(
    name = "ContentLengthBetween",
    summary = "Matches when the body's length lies between two numbers of bytes",
    examples = @Example(value = """
        small: ContentLengthBetween(0, 1024) -> inlineContent("small") -> <shunt>;""", request = "GET /", answer = "200"))
public record ContentLengthBetween(
    @Arg(value = "Smallest length", min = 0) long min,
    @Arg(value = "Smallest length that does not match any more", min = 0) long max)
    implements StatelessPredicate {
  public ContentLengthBetween {
    if (min >= max) {
      throw new ArgumentProblem("min must be less than max");
    }
  }

  @Override
  public boolean test(Request request) {
    long length = request.contentLength();
    return min <= length && length < max;
  }
}
