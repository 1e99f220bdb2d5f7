package dev.sluice.routes.model;

/// A spec with the call that it was built from.
///
/// @param name as written
/// @param index of the call among the route's predicates or filters as written
public record BoundCall<S>(S spec, String name, int index) {}
