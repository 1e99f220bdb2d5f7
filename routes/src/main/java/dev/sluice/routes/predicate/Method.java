package dev.sluice.routes.predicate;

import dev.sluice.routes.args.HttpMethod;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import dev.sluice.routes.table.IndexedPredicate;
import java.util.Set;

/// Methods are case-sensitive (RFC 9110 §9.1): `get` is another method than GET. Any name is allowed.
@Declaration(
    name = "Method",
    summary = "Matches one method",
    examples = @Example(value = """
        create: Path("/items") && Method("POST") -> status(201) -> <shunt>;""", request = "POST /items", answer = "201"))
public record Method(@Arg("Name of the method") HttpMethod method) implements StatelessPredicate, IndexedPredicate {
  @Override
  public boolean test(Request request) {
    return method.name().equals(request.method());
  }

  @Override
  public Set<String> methods() {
    return Set.of(method.name());
  }
}
