/// Where routes come from, and the way from there into the current table.
///
/// A data client publishes whole snapshots: all its texts at one moment. [RouteFeed] gathers the snapshots of all clients, reads,
/// checks and compiles them, and switches the table. A text that cannot be read leaves what came from it before; a route with a
/// problem is left out and listed.
@NullMarked
package dev.sluice.routes.source;

import org.jspecify.annotations.NullMarked;
