package dev.sluice.routes.table;

import dev.sluice.routes.model.QueryString;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.model.RequestTarget;
import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Request;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that came over no connection: for tools that ask a table, and for tests. Not thread-safe.
public final class PlainRequest implements Request {
  private String method;
  private String path;
  private String encodedPath;
  private @Nullable String query;
  private String host = "";
  private PlainHeaders headers = new PlainHeaders();
  private InetAddress peer = InetAddress.getLoopbackAddress();
  private int peerPort = 50_000;
  private String protocol = "HTTP/1.1";
  private boolean secure;
  private long contentLength;
  private final Map<Key<?>, Object> attributes = new HashMap<>(2);
  private final Attributes values = new Attributes() {
    @Override
    public <T> @Nullable T get(Key<T> key) {
      return key.type().cast(attributes.get(key));
    }

    @Override
    public <T> void put(Key<T> key, T value) {
      attributes.put(key, value);
    }
  };

  private PlainRequest(String method, RequestTarget target) {
    this.method = method;
    this.path = target.path();
    this.encodedPath = target.encodedPath();
    this.query = target.query();
    this.secure = "https".equals(target.scheme());
    this.host = target.authority() == null ? "" : target.authority();
  }

  /// @param target path and query, or a URL with a host
  /// @throws IllegalArgumentException when the gateway would refuse the target; the message says why
  public static PlainRequest of(String method, String target) {
    return of(method, target, RequestTarget.Options.DEFAULT);
  }

  public static PlainRequest of(String method, String target, RequestTarget.Options options) {
    RequestTarget parsed = RequestTarget.parse(target, options);
    if (parsed.refusal() != null) {
      throw new IllegalArgumentException(parsed.refusal().reason());
    }
    return new PlainRequest(method, parsed);
  }

  /// Adds a header line; `Host` sets the host, unless the target named one.
  public PlainRequest header(String name, String value) {
    if (!name.equalsIgnoreCase("Host")) {
      headers.add(name, value);
    } else if (host.isEmpty()) {
      host = value;
    }
    return this;
  }

  public PlainRequest peer(InetAddress address, int port) {
    peer = address;
    peerPort = port;
    return this;
  }

  public PlainRequest protocol(String name) {
    protocol = name;
    return this;
  }

  public PlainRequest secure(boolean encrypted) {
    secure = encrypted;
    return this;
  }

  /// @param bytes -1 when it is not known beforehand
  public PlainRequest contentLength(long bytes) {
    contentLength = bytes;
    return this;
  }

  /// Another one like it; changes of one do not touch the other.
  public PlainRequest copy() {
    var copy = new PlainRequest(method, new RequestTarget(path, encodedPath, query, null, null, null));
    copy.become(this);
    return copy;
  }

  /// Takes over everything of another.
  public void become(PlainRequest other) {
    method = other.method;
    path = other.path;
    encodedPath = other.encodedPath;
    query = other.query;
    host = other.host;
    headers = new PlainHeaders();
    other.headers.forEach(headers::add);
    peer = other.peer;
    peerPort = other.peerPort;
    protocol = other.protocol;
    secure = other.secure;
    contentLength = other.contentLength;
    attributes.clear();
    attributes.putAll(other.attributes);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public void method(String name) {
    method = name;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public void path(String decoded) {
    path = decoded;
    encodedPath = RequestPath.escape(decoded);
  }

  @Override
  public String encodedPath() {
    return encodedPath;
  }

  @Override
  public void encodedPath(String encoded) {
    String[] forms = RequestPath.of(encoded, RequestTarget.Options.DEFAULT);
    if (forms == null) {
      throw new IllegalArgumentException("path " + encoded);
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
  public InetAddress peer() {
    return peer;
  }

  @Override
  public String peerText() {
    return peer.getHostAddress();
  }

  @Override
  public int peerPort() {
    return peerPort;
  }

  @Override
  public String protocol() {
    return protocol;
  }

  @Override
  public boolean secure() {
    return secure;
  }

  @Override
  public long contentLength() {
    return contentLength;
  }

  @Override
  public Attributes attributes() {
    return values;
  }
}
