package dev.sluice.proxy.filter;

import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Response;
import dev.sluice.routes.table.PlainHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A response head that tests fill and look at.
public final class FakeResponse implements Response {
  private final PlainHeaders headers = new PlainHeaders();
  private int status = 200;
  private byte @Nullable [] body;
  private boolean fromBackend = true;
  private long contentLength = -1;

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int newStatus) {
    status = newStatus;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public long contentLength() {
    return contentLength;
  }

  public void contentLength(long length) {
    contentLength = length;
  }

  @Override
  public boolean fromBackend() {
    return fromBackend;
  }

  public void fromBackend(boolean yes) {
    fromBackend = yes;
  }

  @Override
  public boolean gatewayError() {
    return false;
  }

  @Override
  public void body(byte[] bytes) {
    body = bytes;
  }

  /// What a filter put in place of the body, or null.
  public @Nullable String replacedBody() {
    return body == null ? null : new String(body, StandardCharsets.UTF_8);
  }
}
