package dev.sluice.proxy.filter.flow;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// When the response has this status, drops it and looks the request up again with another path. Stands before filters that make the status. Not
/// for the gateway's own errors. Method, query and headers stay; the path is literal.
@Declaration(
    name = "loopbackIfStatus",
    summary = "Answers by another route when the response has a status",
    examples = @Example("""
        page: PathSubtree("/page") -> loopbackIfStatus(404, "/missing") -> "https://api.example.org";
        missing: Path("/missing") -> inlineContent("nothing here") -> <shunt>;"""))
public record LoopbackIfStatus(
    @Arg(value = "status, from 100 to 599", min = 100, max = 599) int status,
    @Arg("path of the second look-up") String path,
    @Arg("ignored") Optional<LiteralNode> ignored)
    implements FilterSpec {

  public LoopbackIfStatus {
    ignored = Optional.empty();
  }

  @Override
  public Filter create(Services services, Site site) {
    Verdict rerun = new Verdict.Rerun(path.startsWith("/") ? path : "/" + path);
    return new Filter() {
      @Override
      public Verdict response(Exchange x) {
        return x.response().status() == status ? rerun : Verdict.CONTINUE;
      }
    };
  }
}
