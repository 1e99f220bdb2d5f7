/// The built-in predicates, one record and file each; [BuiltinPredicates] lists them.
///
/// Each sees the request as filters may have changed it before a loopback. Regular expressions are searched for anywhere in the
/// value, with the syntax of Go's `regexp`.
@NullMarked
package dev.sluice.routes.predicate;

import org.jspecify.annotations.NullMarked;
