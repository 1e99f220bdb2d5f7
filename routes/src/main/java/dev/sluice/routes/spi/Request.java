package dev.sluice.routes.spi;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A request as predicates match it and filters change it.
///
/// Paths come in two forms. [#path] is decoded once and has no dot segments: what predicates match. [#encodedPath] is what the backend gets: as
/// received while nobody changed the path, else the escaped form of the new one. Bytes that are not UTF-8 are carried as lone
/// surrogates `U+DC00 + byte`.
public interface Request {
  /// Method, byte for byte as received.
  String method();

  void method(String method);

  /// Decoded path; starts with `/`.
  String path();

  /// Sets the decoded path.
  void path(String decoded);

  /// Path in its escaped form.
  String encodedPath();

  /// Sets both forms; `encoded` must be an escaped form of the path to be matched and sent.
  void encodedPath(String encoded);

  /// Query as received, without `?`; null when there is none (`/a?` has an empty one).
  @Nullable String query();

  void query(@Nullable String raw);

  /// First value of a query parameter, decoded; null when absent. Names compare decoded; only `&` separates.
  @Nullable String queryParameter(String name);

  /// Host as the client named it (authority of the target, else the Host header), with its port; empty when there was none.
  /// Changing it is a matter of [Outgoing#host].
  String host();

  /// Header lines, without Host.
  Headers headers();

  /// The peer's address; null for a Unix socket.
  @Nullable InetAddress peer();

  /// The peer's address as text, without port; empty for a Unix socket. Computed once for each connection.
  String peerText();

  /// The peer's port; -1 for a Unix socket.
  int peerPort();

  /// `HTTP/1.0`, `HTTP/1.1` or `HTTP/2.0`.
  String protocol();

  /// True when the client's connection is encrypted.
  boolean secure();

  /// Length of the body in bytes: 0 without one, -1 when it is not known beforehand (chunked).
  long contentLength();

  /// Values shared by predicates and filters of this exchange.
  Attributes attributes();
}
