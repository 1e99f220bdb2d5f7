package dev.sluice.proxy.filter.log;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.StatelessFilter;

/// Says something to the reader of the route; does nothing.
@Declaration(
    name = "comment",
    summary = "Documents a route",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> comment("owned by team blue") -> "https://api.example.org";"""))
public record Comment() implements StatelessFilter {}
