/// What filters, predicates and data clients are written against. It knows no HTTP library.
///
/// A filter is one record: its components are its typed arguments, [dev.sluice.routes.declare.Declaration] above it is its name and
/// documentation, its methods are its behaviour. The record is a [FilterSpec] (plain data, compared by value, made without side effects, so
/// that `gwctl check` can build it); [FilterSpec#create] makes the running [Filter]. A filter without state is both
/// ([StatelessFilter]).
///
/// Calls for one exchange come one after another, either on the event loop that owns its connection or on one virtual thread, never on two at
/// once. A filter that may block says so by [FilterSpec#waits]; one that says [Waits#NEVER] must not block, sleep or lock for long.
/// A filter never sees a future or a callback: it returns a [Verdict].
///
/// Three scopes of state outlive a table switch: *by settings* for the whole process ([Services#shared]), *by route id* (the key handed to
/// [Services#shared] holds [Site#routeId]), and *instance*: an unchanged [InstanceKey] keeps its running filter.
@NullMarked
package dev.sluice.routes.spi;

import org.jspecify.annotations.NullMarked;
