package dev.sluice.proxy.filter.balance;

import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets the key by which hashing balancers choose an endpoint. With a missing placeholder the earlier key stays, else the client's address decides.
@Declaration(
    name = "consistentHashKey",
    summary = "Sets the key for balancers that hash",
    examples = @Example("""
        r: * -> consistentHashKey("${request.header.Authorization}") -> <consistentHash, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record ConsistentHashKey(@Arg("the key; may hold placeholders") Template key) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = key.renderBytes(x);
    if (value != null) {
      x.outgoing().hashKey(value);
    }
    return Verdict.CONTINUE;
  }
}
