package dev.sluice.proxy.filter.body;

import dev.sluice.routes.args.Utf8Bytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.List;

/// Refuses requests whose body holds one of the texts, with 400. The body is looked at while it streams: the backend may have got a part of it.
@Declaration(
    name = "blockContent",
    summary = "Refuses requests whose body holds one of the texts",
    examples = @Example("""
        r: * -> blockContent("<script", "DROP TABLE") -> "https://api.example.org";"""))
public record BlockContent(@Arg(value = "texts; case matters", atLeast = 1) List<String> texts) implements FilterSpec {

  public BlockContent {
    if (texts.contains("")) {
      throw new ArgumentProblem(texts.indexOf(""), "text must not be empty");
    }
  }

  @Override
  public Filter create(Services services, Site site) {
    return BlockStep.filter(texts.stream().map(Utf8Bytes::encode).toList());
  }
}
