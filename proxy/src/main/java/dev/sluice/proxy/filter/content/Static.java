package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Serves files of a folder: the path behind the prefix names the file. `index.html` stands for its folder, a folder without one is listed. Ranges
/// and conditions work. All methods are answered like GET; later filters do not run. Nothing outside the folder is ever served.
@Declaration(
    name = "static",
    summary = "Serves files of a folder",
    answers = true,
    examples = @Example("""
        files: PathSubtree("/static") -> static("/static", "/var/www") -> <shunt>;"""))
public record Static(
    @Arg("start of the path that is cut off") String prefix,
    @Arg("the folder") String root)
    implements FilterSpec {

  @Override
  public Waits waits() {
    return Waits.REQUEST;
  }

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    Path folder;
    try {
      folder = Path.of(root).toRealPath();
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw new RouteProblem("folder \"" + root + "\" of static cannot be read", e);
    }
    if (!Files.isDirectory(folder)) {
      throw new RouteProblem("\"" + root + "\" of static is no folder");
    }
    var files = new StaticFiles(folder);
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        String path = x.request().path();
        return path.startsWith(prefix) ? files.serve(x, path.substring(prefix.length())) : StaticFiles.NOT_FOUND;
      }
    };
  }
}
