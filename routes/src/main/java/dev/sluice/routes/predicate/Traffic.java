package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Cookies;
import dev.sluice.routes.args.Percent;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// With a cookie and a group, a client that has the cookie is decided by its value alone: the group or not.
@Declaration(
    name = "Traffic",
    summary = "Matches a share of the requests, by chance",
    examples = {
      @Example("""
          ten: Traffic(.1) -> inlineContent("one in ten") -> <shunt>;"""),
      @Example("""
          b: Traffic(.3, "group", "B") -> responseCookie("group", "B") -> inlineContent("B") -> <shunt>;""")
    })
public record Traffic(
    @Arg("Share of the requests, from 0 to 1") Percent chance,
    @Arg("Cookie that says the group of a client") Optional<String> cookie,
    @Arg("Value of the cookie; together with its name") Optional<String> group)
    implements PredicateSpec {
  public Traffic {
    if (cookie.isPresent() != group.isPresent()) {
      throw new ArgumentProblem("a cookie needs a group");
    }
  }

  @Override
  public RoutePredicate create(Services services) {
    Chance random = Chance.of(services);
    String wanted = group.orElse("");
    return request -> {
      String own = wanted.isEmpty() ? null : groupOf(request);
      return own != null ? own.equals(wanted) : random.next() < chance.share();
    };
  }

  @Override
  public boolean leavesToChance() {
    return chance.share() > 0 && chance.share() < 1;
  }

  private @Nullable String groupOf(Request request) {
    return Cookies.first(request.headers(), cookie.orElse(""));
  }
}
