package dev.sluice.routes.spi;

/// Where a filter stands.
///
/// @param nth number of the equal call in this route, from 0: two `fifo(1, 1, "1s")` in one route are two filters
public record Site(String routeId, String name, int nth) {}
