package dev.sluice.proxy.observe;

import java.util.List;

/// What a gateway holds at one time: nothing of it may grow without end.
///
/// @param accepted connections of clients since the start
/// @param connections of clients that are open
/// @param exchanges under way
/// @param timers that are set on the event loops
/// @param backendConnections open or being opened
/// @param buffers of the pool that are in use
/// @param endpoints that are known, sorted by address
/// @param checks of endpoints that run, sorted by address
public record EngineView(long accepted, long connections, long exchanges, long timers, long backendConnections, long buffers,
    List<EndpointView> endpoints, List<CheckView> checks) {
  /// Before anything runs.
  public static final EngineView EMPTY = new EngineView(0, 0, 0, 0, 0, 0, List.of(), List.of());

  /// An endpoint, over all routes.
  ///
  /// @param address host and port
  /// @param inFlight attempts under way, of routes with several endpoints
  /// @param dropProbability the chance that a request passes it over since it failed of late
  /// @param age since it is known, in nanoseconds
  /// @param users running backends that name it
  public record EndpointView(String address, int inFlight, double dropProbability, long age, int users) {}

  /// What is known of one endpoint by one check.
  ///
  /// @param address host and port
  /// @param path that is asked for
  /// @param asked requests that were judged
  /// @param failures of those
  /// @param problem of the last one; empty when it was good
  public record CheckView(String address, String path, boolean healthy, long asked, long failures, String problem) {}
}
