package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import dev.sluice.routes.table.IndexedPredicate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The arguments may be written in any case; the request's method is compared as received, because methods are case-sensitive
/// (RFC 9110 §9.1).
@Declaration(
    name = "Methods",
    summary = "Matches when the method is one of the list",
    examples = @Example(value = """
        read: Methods("GET", "HEAD") -> inlineContent("read") -> <shunt>;""", request = "GET /", answer = "200"))
public record Methods(@Arg(value = "Name of a standard method, in any case", atLeast = 1) List<String> names)
    implements StatelessPredicate, IndexedPredicate {
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

  public Methods {
    names = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    for (int i = 0; i < names.size(); i++) {
      if (!KNOWN.contains(names.get(i))) {
        throw new ArgumentProblem(i, "method \"" + names.get(i) + "\" is not allowed; Method takes any name");
      }
    }
  }

  @Override
  public boolean test(Request request) {
    return names.contains(request.method());
  }

  @Override
  public Set<String> methods() {
    return new HashSet<>(names);
  }
}
