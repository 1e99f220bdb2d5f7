package dev.sluice.routes.spi;

/// A response head on its way to the client.
public interface Response {
  int status();

  /// @param status from 200 to 999
  void status(int status);

  Headers headers();

  /// Length of the body as it stands before further steps: 0 without one, -1 when unknown.
  long contentLength();

  /// True when this answer comes from a backend; false when a filter or the gateway made it.
  boolean fromBackend();

  /// True when the gateway made this answer because something failed.
  boolean gatewayError();

  /// Replaces the body by these bytes; a backend's own body is discarded.
  void body(byte[] bytes);
}
