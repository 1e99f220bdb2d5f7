package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.routes.model.RequestTarget;

/// How requests are read before they are routed.
///
/// @param target how targets are read
/// @param normalizeHost lower case, no port, no final dot, for matching and sending
/// @param removeHopHeaders hop-by-hop lines stay on the client's side
record RequestOptions(RequestTarget.Options target, boolean normalizeHost, boolean removeHopHeaders) {
  static RequestOptions of(GatewaySettings settings) {
    boolean strict = settings.get(RequestFlags.STRICT_HTTP);
    return new RequestOptions(
        new RequestTarget.Options(strict, settings.get(RequestFlags.RFC_PATCH_PATH), settings.get(RequestFlags.VALIDATE_QUERY)),
        settings.get(RequestFlags.NORMALIZE_HOST),
        settings.get(BackendFlags.REMOVE_HOP_HEADERS));
  }
}
