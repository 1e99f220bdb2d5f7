package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.Utf8Bytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Answers 200 with a text repeated and cut to a number of bytes. No content type; later filters do not run.
@Declaration(
    name = "repeatContent",
    summary = "Answers with a text repeated to a length",
    answers = true,
    examples = @Example("""
        r: * -> repeatContent("I will not waste chalk. ", 1000) -> <shunt>;"""))
public record RepeatContent(
    @Arg("what is repeated") String text,
    @Arg(value = "length of the body in bytes", min = 0) long length)
    implements FilterSpec {

  public RepeatContent {
    if (text.isEmpty()) {
      throw new ArgumentProblem(0, "text must not be empty");
    }
  }

  @Override
  public Filter create(Services services, Site site) {
    return new RepeatedBytes(Utf8Bytes.encode(text), length);
  }
}
