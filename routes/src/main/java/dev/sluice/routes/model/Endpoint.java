package dev.sluice.routes.model;

/// One address of a backend.
///
/// @param text as written, without zone and weight: the identity that hash rings use
/// @param scheme `http`, `https`, or another that the gateway's upstreams know; lower case
/// @param host name or IP literal without brackets
/// @param port 1 to 65535; the scheme's default when none was written
/// @param authority what the Host header is when the endpoint's own is sent: as written, with port if one was written
/// @param zone empty when none was written
/// @param weight from 0 to 65535; 1 when none was written
/// @param weightWritten whether one was written
public record Endpoint(
    String text, String scheme, String host, int port, String authority, String zone, int weight, boolean weightWritten) {}
