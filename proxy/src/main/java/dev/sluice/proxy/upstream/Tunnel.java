package dev.sluice.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EndPoint;

/// The backend's side of an upgraded connection: raw bytes both ways.
///
/// @param endPoint the connection; its owner closes it
/// @param early bytes that came behind the 101 head; may be empty
public record Tunnel(EndPoint endPoint, ByteBuffer early) {}
