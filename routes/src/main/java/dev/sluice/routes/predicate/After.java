package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.time.InstantSource;
import java.util.Optional;

/// At the very time it matches. With a time zone, the time is written without offset.
@Declaration(
    name = "After",
    summary = "Matches from a time on",
    examples = {
      @Example("""
          a: After("2030-01-01T00:00:00Z") -> inlineContent("a") -> <shunt>;"""),
      @Example("""
          b: After("2030-01-01T00:00:00", "Europe/Berlin") -> inlineContent("b") -> <shunt>;"""),
      @Example("""
          c: After(1893456000) -> inlineContent("c") -> <shunt>;""")
    })
public record After(@Arg("When") TimePoint time, @Arg("Time zone") Optional<String> location) implements PredicateSpec {
  public After {
    time.at(location, 0);
  }

  @Override
  public RoutePredicate create(Services services) {
    InstantSource clock = services.clock();
    long millis = time.at(location, 0).toEpochMilli();
    return request -> clock.millis() >= millis;
  }
}
