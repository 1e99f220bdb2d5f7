package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.time.InstantSource;
import java.util.Optional;

/// At the very time it does not match any more. With a time zone, the time is written without offset.
@Declaration(
    name = "Before",
    summary = "Matches until a time",
    examples = {
      @Example("""
          a: Before("2030-01-01T00:00:00Z") -> inlineContent("a") -> <shunt>;"""),
      @Example("""
          b: Before("2030-01-01T00:00:00", "Europe/Berlin") -> inlineContent("b") -> <shunt>;"""),
      @Example("""
          c: Before(1893456000) -> inlineContent("c") -> <shunt>;""")
    })
public record Before(@Arg("When") TimePoint time, @Arg("Time zone") Optional<String> location) implements PredicateSpec {
  public Before {
    time.at(location, 0);
  }

  @Override
  public RoutePredicate create(Services services) {
    InstantSource clock = services.clock();
    long millis = time.at(location, 0).toEpochMilli();
    return request -> clock.millis() < millis;
  }
}
