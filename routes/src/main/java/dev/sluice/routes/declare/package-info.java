/// Declarations: what a filter or predicate is called, takes and does, stated once, on its record.
///
/// [Catalog] reads the records of an explicit list into [CatalogEntry]s; every tool (check, documentation, completion, the gateway)
/// reads the catalog, none reads the annotations. [ArgumentBinder] builds a record from the arguments of a call.
@NullMarked
package dev.sluice.routes.declare;

import org.jspecify.annotations.NullMarked;
