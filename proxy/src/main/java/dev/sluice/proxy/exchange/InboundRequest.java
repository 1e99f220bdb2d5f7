package dev.sluice.proxy.exchange;

import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.model.QueryString;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.model.RequestTarget;
import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.jspecify.annotations.Nullable;

/// A client's request over Jetty's. Its header lines are at the same time those that go to the backend.
public final class InboundRequest implements Request, Reception {
  /// Connection attribute with the peer's address as text, computed once.
  private static final String PEER_TEXT = "dev.sluice.peer";

  private final org.eclipse.jetty.server.Request jetty;
  private final String receivedTarget;
  private final RequestTarget target;
  private final String host;
  private final boolean bodiless;
  private final @Nullable String tunnel;
  private final Options options;
  private final JettyHeaders headers;
  private final AttributeList attributes = new AttributeList();
  private final long contentLength;

  private String method;
  private String path;
  private @Nullable String encodedPath;
  private @Nullable String query;

  /// Which header lines travel on.
  ///
  /// @param removeHopHeaders hop-by-hop lines, and those that the client's Connection names, stay on the client's side
  /// @param strict so do names with `_`, which others read as `-`
  public record Options(boolean removeHopHeaders, boolean strict) {}

  /// @param receivedTarget bytes as Latin-1 characters
  /// @param target accepted by the caller
  /// @param host the Host after normalisation, empty for none
  /// @param bodiless the head itself has said that no body follows (HTTP/2)
  /// @param tunnel the protocol that an extended CONNECT (RFC 8441) asks for, or null. For all that follows it is a GET that asks for an upgrade
  public InboundRequest(org.eclipse.jetty.server.Request jetty, String receivedTarget, RequestTarget target, String host,
      boolean bodiless, @Nullable String tunnel, Options options) {
    this.jetty = jetty;
    this.receivedTarget = receivedTarget;
    this.target = target;
    this.host = host;
    this.bodiless = bodiless;
    this.tunnel = tunnel;
    this.options = options;
    this.headers = new JettyHeaders(RequestLines.of(jetty.getHeaders(), options, isHttp10(jetty)));
    if (jetty.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
      RequestLines.joinCookies(headers.fields());
    }
    this.contentLength = bodiless || tunnel != null ? 0 : length(jetty);
    this.method = tunnel == null ? jetty.getMethod() : "GET";
    if (tunnel != null) {
      WebSocketKey.ask(headers.fields(), tunnel);
    }
    this.path = target.path();
    this.encodedPath = target.encodedPath();
    this.query = target.query();
  }

  private static boolean isHttp10(org.eclipse.jetty.server.Request jetty) {
    return jetty.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
  }

  private static long length(org.eclipse.jetty.server.Request jetty) {
    HttpFields received = jetty.getHeaders();
    if (received.contains(HttpHeader.TRANSFER_ENCODING)) {
      return -1;
    }
    long length = received.getLongField(HttpHeader.CONTENT_LENGTH);
    if (length >= 0) {
      return length;
    }
    return jetty.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 ? -1 : 0;
  }

  /// The request as it was received.
  InboundRequest original() {
    return new InboundRequest(jetty, receivedTarget, target, host, bodiless, tunnel, options);
  }

  /// What the request line of the backend call holds: path and query.
  public String outgoingTarget() {
    String text = encodedPath();
    return query == null ? text : text + "?" + query;
  }

  /// The target as received, for the log.
  @Override
  public String receivedTarget() {
    return receivedTarget;
  }

  public HttpFields.Mutable fields() {
    return headers.fields();
  }

  /// The lines for the backend: without those that stay on the client's side.
  public HttpFields outgoingFields() {
    RequestLines.forBackend(headers.fields(), jetty.getHeaders(), options);
    if (upgrade() != null) {
      headers.fields().remove(HttpHeader.UPGRADE);
    }
    return headers.fields();
  }

  /// Whether the client asked by an extended CONNECT.
  public boolean extendedConnect() {
    return tunnel != null;
  }

  /// The protocol that the client asks to switch to, or null: `Connection` names upgrade, and `Upgrade` says to what.
  public @Nullable String upgrade() {
    if (tunnel != null) {
      return tunnel;
    }
    HttpField connection = jetty.getHeaders().getField(HttpHeader.CONNECTION);
    if (connection == null || !jetty.getHeaders().contains(HttpHeader.CONNECTION, "upgrade")) {
      return null;
    }
    String wanted = jetty.getHeaders().get(HttpHeader.UPGRADE);
    return wanted == null || jetty.getHeaders().contains(HttpHeader.UPGRADE, "h2c") || !protocol().equals("HTTP/1.1") ? null : wanted;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public void method(String newMethod) {
    method = newMethod;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void path(String decoded) {
    String rooted = decoded.startsWith("/") ? decoded : "/" + decoded;
    if (!rooted.equals(path)) {
      path = rooted;
      encodedPath = null;
    }
  }

  @Override
  public String encodedPath() {
    String encoded = encodedPath;
    if (encoded == null) {
      encoded = RequestPath.escape(path);
      encodedPath = encoded;
    }
    return encoded;
  }

  @Override
  public void encodedPath(String encoded) {
    String[] forms = RequestPath.of(encoded, RequestTarget.Options.DEFAULT);
    if (forms == null) {
      throw new IllegalArgumentException("the path cannot be used: it holds a broken escape or leaves its root");
    }
    path = forms[0];
    encodedPath = forms[1];
  }

  @Override
  public @Nullable String query() {
    return query;
  }

  @Override
  public void query(@Nullable String raw) {
    query = raw;
  }

  @Override
  public @Nullable String queryParameter(String name) {
    return QueryString.first(query, name);
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public @Nullable InetAddress peer() {
    SocketAddress remote = jetty.getConnectionMetaData().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  @Override
  public String peerText() {
    ConnectionMetaData connection = jetty.getConnectionMetaData();
    Object text = connection.getAttribute(PEER_TEXT);
    if (text == null) {
      InetAddress peer = peer();
      text = peer == null ? "" : IpAddress.of(peer).toString();
      connection.setAttribute(PEER_TEXT, text);
    }
    return (String) text;
  }

  @Override
  public int peerPort() {
    SocketAddress remote = jetty.getConnectionMetaData().getRemoteSocketAddress();
    return remote instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  /// Port that the client's connection came to; -1 for a Unix socket.
  @Override
  public int localPort() {
    SocketAddress local = jetty.getConnectionMetaData().getLocalSocketAddress();
    return local instanceof InetSocketAddress inet ? inet.getPort() : -1;
  }

  /// Drops every line that says who the client is.
  @Override
  public void dropForwarding() {
    RequestLines.dropForwarding(headers.fields());
  }

  @Override
  public String protocol() {
    return jetty.getConnectionMetaData().getHttpVersion().asString();
  }

  @Override
  public boolean secure() {
    // Not what the client says of it.
    return jetty.getConnectionMetaData().isSecure();
  }

  @Override
  public long contentLength() {
    return contentLength;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }
}
