package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.time.InstantSource;
import java.util.Optional;

/// At the very beginning it matches, at the very end not any more. With a time zone, the times are written without offset.
@Declaration(
    name = "Between",
    summary = "Matches from one time until another",
    examples = {
      @Example("""
          sale: Between("2030-01-01T00:00:00", "2030-02-01T00:00:00", "Europe/Berlin") -> inlineContent("sale") -> <shunt>;"""),
      @Example("""
          n: Between(1893456000, 1896134400) -> inlineContent("n") -> <shunt>;""")
    })
public record Between(
    @Arg("First moment") TimePoint begin,
    @Arg("First moment after; a number when the other is one") TimePoint end,
    @Arg("Time zone") Optional<String> location)
    implements PredicateSpec {
  public Between {
    if (begin.text().isEmpty() != end.text().isEmpty()) {
      throw new ArgumentProblem("begin and end must both be texts or both be numbers");
    }
    if (!begin.at(location, 0).isBefore(end.at(location, 1))) {
      throw new ArgumentProblem("begin must be before end");
    }
  }

  @Override
  public RoutePredicate create(Services services) {
    InstantSource clock = services.clock();
    long from = begin.at(location, 0).toEpochMilli();
    long to = end.at(location, 1).toEpochMilli();
    return request -> {
      long now = clock.millis();
      return from <= now && now < to;
    };
  }
}
