package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;

/// X-Forwarded-For does not count. With the PROXY protocol the peer is the address that it reports.
/// An IPv4 address and the IPv6 address that it is mapped to differ.
@Declaration(
    name = "ClientIP",
    summary = "Matches when the peer's address lies in one of the networks",
    examples = @Example("""
        local: ClientIP("10.0.0.0/8", "192.0.2.7") -> inlineContent("inside") -> <shunt>;"""))
public record ClientIP(@Arg(value = "Address or network", atLeast = 1) List<Cidr> networks) implements StatelessPredicate {
  public ClientIP {
    Networks.check(networks);
  }

  @Override
  public boolean test(Request request) {
    return Networks.contain(networks, Networks.peer(request));
  }
}
