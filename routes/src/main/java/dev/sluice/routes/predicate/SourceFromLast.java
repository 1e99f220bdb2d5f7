package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;

/// The last entry of the first X-Forwarded-For line counts, its port cut off; without one that is an address, the peer.
/// An IPv4 address and the IPv6 address that it is mapped to differ.
@Declaration(
    name = "SourceFromLast",
    summary = "Matches when the address that the last proxy reports lies in one of the networks",
    examples = @Example("""
        behind: SourceFromLast("10.0.0.0/8", "192.0.2.7") -> inlineContent("inside") -> <shunt>;"""))
public record SourceFromLast(@Arg(value = "Address or network", atLeast = 1) List<Cidr> networks) implements StatelessPredicate {
  public SourceFromLast {
    Networks.check(networks);
  }

  @Override
  public boolean test(Request request) {
    return Networks.contain(networks, Networks.last(request));
  }
}
