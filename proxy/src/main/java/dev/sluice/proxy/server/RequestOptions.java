package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.routes.model.RequestTarget;

/// How requests are read before they are routed.
///
/// @param target how targets are read
/// @param normalizeHost lower case, no port, no final dot, for matching and sending
/// @param lines which header lines travel on
/// @param logQueries queries that cannot be parsed are logged
/// @param via our name in Via lines; empty: there is none
record RequestOptions(RequestTarget.Options target, boolean normalizeHost, InboundRequest.Options lines, String via, boolean logQueries) {
  /// @throws StartProblem when our name in Via lines is no token
  static RequestOptions of(GatewaySettings settings) throws StartProblem {
    String via = settings.get(RequestFlags.VIA).strip();
    if (!via.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]*")) {
      throw new StartProblem("-" + RequestFlags.VIA.name() + ": \"" + via + "\" is no name for a Via line; write letters, digits, dots and dashes");
    }
    boolean strict = settings.get(RequestFlags.STRICT_HTTP);
    return new RequestOptions(
        new RequestTarget.Options(strict, settings.get(RequestFlags.RFC_PATCH_PATH), settings.get(RequestFlags.VALIDATE_QUERY)),
        settings.get(RequestFlags.NORMALIZE_HOST),
        new InboundRequest.Options(settings.get(BackendFlags.REMOVE_HOP_HEADERS), strict),
        via,
        settings.get(RequestFlags.VALIDATE_QUERY_LOG));
  }
}
