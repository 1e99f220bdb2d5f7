package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.Utf8Bytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Puts a text before and one behind the response body. Stands before a filter that answers.
@Declaration(
    name = "wrapContent",
    summary = "Puts texts around the response body",
    examples = @Example("""
        r: * -> wrapContent("begin-", "-end") -> "https://api.example.org";"""))
public record WrapContent(@Arg("before the body") String prefix, @Arg("behind the body") String suffix) implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return WrapStep.filter(Utf8Bytes.encode(prefix), Utf8Bytes.encode(suffix));
  }
}
