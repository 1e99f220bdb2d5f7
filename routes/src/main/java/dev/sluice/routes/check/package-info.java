/// Checks of route files beyond what building them finds.
///
/// [RouteChecker] is what `gwctl check` and the language server call: it builds every route (unknown names, arguments, addresses), looks for ids used twice,
/// and runs the [Check]s, one file each, which look at routes as they are written. A check only reports; it changes nothing.
@NullMarked
package dev.sluice.routes.check;

import org.jspecify.annotations.NullMarked;
