package dev.sluice.routes.spi;

/// What a table switch looks up in the table before it: an equal key keeps its running filter.
public record InstanceKey(Site site, FilterSpec spec) {}
