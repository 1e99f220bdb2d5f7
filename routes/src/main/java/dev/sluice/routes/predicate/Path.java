package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.table.TreePredicate;

/// Compared with the decoded path, byte by byte, after runs of slashes were made one.
@Declaration(
    name = "Path",
    summary = "Matches the whole path, with wildcards for one segment (:name) or all the rest (*name)",
    examples = {
      @Example(value = """
          item: Path("/items/:id") -> inlineContent("one item") -> <shunt>;""", request = "GET /items/7", answer = "200"),
      @Example(value = """
          files: Path("/files/*path") -> inlineContent("a file") -> <shunt>;""", request = "GET /files", answer = "404")
    })
public record Path(@Arg("Path; a segment may be :name, the last one *name") String path) implements TreePredicate {
  public Path {
    if (path.isEmpty()) {
      throw new ArgumentProblem(0, "the path must not be empty");
    }
    PathPattern.of(path, false);
  }

  @Override
  public PathPattern pattern() {
    return PathPattern.of(path, false);
  }
}
