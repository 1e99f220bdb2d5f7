package dev.sluice.routes.predicate;

import dev.sluice.routes.args.LiteralShape;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import dev.sluice.routes.table.HostKey;
import dev.sluice.routes.table.IndexedPredicate;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The host has its port and its case, unless `-normalize-host` is on. May stand several times; all must match.
@Declaration(
    name = "Host",
    summary = "Matches when the host contains a match of the expression",
    examples = @Example("""
        shop: Host(/^shop[.]example[.]org(:[0-9]+)?$/) -> inlineContent("the shop") -> <shunt>;"""))
public record Host(@Arg("What to look for in the host") Regex expression) implements StatelessPredicate, IndexedPredicate {
  @Override
  public boolean test(Request request) {
    return expression.find(request.host());
  }

  @Override
  public @Nullable Set<String> hosts() {
    LiteralShape literals = expression.literals();
    return literals != null && literals.start() && literals.end()
        ? literals.words().stream().map(HostKey::of).collect(Collectors.toUnmodifiableSet())
        : null;
  }
}
