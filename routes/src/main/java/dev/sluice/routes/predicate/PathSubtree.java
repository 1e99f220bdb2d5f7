package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.table.TreePredicate;
import org.jspecify.annotations.Nullable;

/// The rest of the path, with its leading slash, is the parameter `*` or the one named at the end (`/docs/*page`). An empty path
/// matches everything, like no path predicate at all.
@Declaration(
    name = "PathSubtree",
    summary = "Matches a path, the same with a slash at the end, and all paths below it",
    examples = @Example(value = """
        api: PathSubtree("/api") -> inlineContent("the API") -> <shunt>;""", request = "GET /api/v1/users", answer = "200"))
public record PathSubtree(@Arg("Path; a segment may be :name, the last one *name") String path) implements TreePredicate {
  public PathSubtree {
    PathPattern.of(path, true);
  }

  @Override
  public @Nullable PathPattern pattern() {
    return path.isEmpty() ? null : PathPattern.of(path, true);
  }
}
