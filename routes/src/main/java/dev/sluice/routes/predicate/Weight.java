package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.table.TablePredicate;

/// A negative number puts the route behind others. A fraction is cut off; several add up. Weight decides among routes at one
/// place of the path tree, never between places.
@Declaration(
    name = "Weight",
    summary = "Adds to the route's rank among the routes at the same place",
    examples = @Example(value = """
        heavy: Path("/x") && Weight(100) -> inlineContent("heavy") -> <shunt>;
        light: Path("/x") && Method("GET") -> inlineContent("light") -> <shunt>;""", request = "GET /x", answer = "200"))
public record Weight(@Arg("What to add") int weight) implements TablePredicate {}
