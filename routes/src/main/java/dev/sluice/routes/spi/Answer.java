package dev.sluice.routes.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A complete answer made by a filter. Content-Length is derived from the body.
///
/// @param headers lines in order
/// @param body never changed after construction
/// @param step the first step of the body, for an answer that is too large for memory; such an answer is made for one exchange. Null: none
public record Answer(int status, List<Header> headers, byte[] body, @Nullable BodyStep step) {
  private static final byte[] EMPTY = {};

  public Answer {
    headers = List.copyOf(headers);
  }

  public Answer(int status, List<Header> headers, byte[] body) {
    this(status, headers, body, null);
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
