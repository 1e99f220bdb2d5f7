/// From the syntax tree to running routes.
///
/// ```
/// RouteNode -> PreProcessing (default filters, clones, edits, forward) -> RouteBuilder -> RouteDefinition
///           -> RouteCompiler -> RouteTable
/// ```
///
/// [RouteBuilder] has no side effects, so that `gwctl check` and the gateway judge by the same code. [RouteCompiler] makes what
/// runs, and keeps what ran before where nothing changed.
@NullMarked
package dev.sluice.routes.compile;

import org.jspecify.annotations.NullMarked;
