package dev.sluice.proxy.forward;

import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.exchange.OutgoingCall;
import dev.sluice.proxy.upstream.UpstreamRequest.Cgi;
import dev.sluice.proxy.upstream.UpstreamRequest.Way;
import dev.sluice.routes.model.Endpoint;

/// How a call reaches its endpoint, as the route's filters and the endpoint's scheme say.
final class CallWay {
  private CallWay() {}

  static Way of(OutgoingCall outgoing, InboundRequest request, Endpoint to) {
    boolean fastCgi = to.scheme().equals("fastcgi");
    if (outgoing.backendClient().isEmpty() && !outgoing.isBackendProxy() && !fastCgi) {
      return Way.PLAIN;
    }
    String asked = !outgoing.isBackendProxy() ? null : request.secure() ? "https" : "http";
    return new Way(outgoing.backendClient(), asked, fastCgi ? cgi(outgoing, request) : null);
  }

  private static Cgi cgi(OutgoingCall outgoing, InboundRequest request) {
    String set = outgoing.fastCgiFilename();
    String path = request.path();
    String script = set != null ? set : path.length() > 1 ? path.substring(1) : "index.php";
    return new Cgi(script, path, request.peerText(), Math.max(0, request.peerPort()), request.protocol(), request.secure());
  }
}
