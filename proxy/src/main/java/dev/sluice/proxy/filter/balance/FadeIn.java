package dev.sluice.proxy.filter.balance;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.StatelessFilter;
import java.time.Duration;
import java.util.Optional;

/// Gives new endpoints of a balanced backend little at first: one of age a takes part in (a / duration) ^ exponent of the picks, and in all when only new
/// ones are there. Does nothing for other backends, nor when the duration is not above zero. Carried out where the backend is made, not at each request.
@Declaration(
    name = "fadeIn",
    summary = "Gives new endpoints a slowly growing share of the requests",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> fadeIn("3m", 1.5) -> <roundRobin, "http://10.0.0.1:8080", "http://10.0.0.2:8080">;"""))
public record FadeIn(
    @Arg(value = "how long an endpoint is new", bareNumber = BareNumber.MILLISECONDS) Duration duration,
    @Arg("shape of the growth, 1 when left out; above 1: slower at first") Optional<Double> exponent)
    implements StatelessFilter {}
