package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import dev.sluice.routes.table.HostKey;
import dev.sluice.routes.table.IndexedPredicate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The host is compared as it was received, with its port and its case, unless `-normalize-host` is on.
@Declaration(
    name = "HostAny",
    summary = "Matches when the host equals one of the texts",
    examples = @Example("""
        shop: HostAny("shop.example.org", "shop.example.org:8080") -> inlineContent("the shop") -> <shunt>;"""))
public record HostAny(@Arg(value = "Host, with its port if there is one", atLeast = 1) List<String> hostNames)
    implements StatelessPredicate, IndexedPredicate {
  @Override
  public boolean test(Request request) {
    return hostNames.contains(request.host());
  }

  @Override
  public Set<String> hosts() {
    return hostNames.stream().map(HostKey::of).collect(Collectors.toUnmodifiableSet());
  }
}
