package dev.sluice.routes.spi;

import dev.sluice.grammar.SourceText;

/// One route that a source keeps under its id, as key-value stores do. A text that cannot be used concerns this route alone.
///
/// @param id of the route, whatever the text says about it
/// @param text exactly one route; its name is shown in diagnostics
public record StoredRoute(String id, SourceText text) {}
