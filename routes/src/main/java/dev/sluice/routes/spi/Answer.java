package dev.sluice.routes.spi;

import java.util.List;

/// A complete answer made by a filter. Content-Length is derived from the body.
///
/// @param headers lines in order
/// @param body never changed after construction
public record Answer(int status, List<Header> headers, byte[] body) {
  private static final byte[] EMPTY = {};

  public Answer {
    headers = List.copyOf(headers);
  }

  /// A status without headers and body.
  public static Answer of(int status) {
    return new Answer(status, List.of(), EMPTY);
  }

  public static Answer of(int status, Header... headers) {
    return new Answer(status, List.of(headers), EMPTY);
  }

  public record Header(String name, String value) {}
}
