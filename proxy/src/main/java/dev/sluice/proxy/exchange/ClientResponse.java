package dev.sluice.proxy.exchange;

import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Response;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The response head on its way to the client, over the header lines of Jetty's response, and where its body comes from.
public final class ClientResponse implements Response {
  private static final byte[] EMPTY = {};

  private final JettyHeaders headers;
  private final Runnable dropSteps;
  private int status;
  private boolean fromBackend;
  private boolean gatewayError;
  private long length;
  private byte[] bytes = EMPTY;
  private Content.@Nullable Source source;

  /// @param dropSteps forgets the body steps added so far: they belong to the body that is replaced
  ClientResponse(HttpFields.Mutable fields, Runnable dropSteps) {
    this.dropSteps = dropSteps;
    headers = new JettyHeaders(fields);
  }

  /// Takes a filter's or the gateway's own answer; what was there before is dropped.
  void take(Answer answer, boolean error) {
    discard();
    headers.fields().clear();
    for (Answer.Header header : answer.headers()) {
      headers.fields().add(header.name(), header.value());
    }
    status = answer.status();
    gatewayError = error;
    fromBackend = false;
    bytes = answer.body();
    length = bytes.length;
  }

  /// Takes a backend's head; lines that concern the connection alone are left behind.
  void take(int newStatus, HttpFields fields, long newLength, Content.Source body) {
    HttpFields.Mutable to = headers.fields();
    to.clear();
    for (HttpField field : fields) {
      HttpHeader name = field.getHeader();
      if (name != HttpHeader.CONNECTION && name != HttpHeader.KEEP_ALIVE && name != HttpHeader.TRANSFER_ENCODING
          && name != HttpHeader.CONTENT_LENGTH) {
        to.add(field);
      }
    }
    status = newStatus;
    // To HEAD, and with 304, the line tells what a GET would bring (RFC 9110 §8.6).
    length = newLength == 0 ? Math.max(0, fields.getLongField(HttpHeader.CONTENT_LENGTH)) : newLength;
    source = body;
    bytes = EMPTY;
    fromBackend = true;
    gatewayError = false;
  }

  /// The backend's body, or null when the body is [#bytes].
  public Content.@Nullable Source source() {
    return source;
  }

  public ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes);
  }

  /// Breaks the backend's body off when there is one.
  public void discard() {
    Content.Source body = source;
    source = null;
    if (body != null) {
      body.fail(new java.io.EOFException("the answer was replaced"));
    }
  }

  public HttpFields.Mutable fields() {
    return headers.fields();
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int newStatus) {
    if (newStatus < 200 || newStatus > 999) {
      throw new IllegalArgumentException("status " + newStatus + " is not between 200 and 999");
    }
    status = newStatus;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public boolean fromBackend() {
    return fromBackend;
  }

  @Override
  public boolean gatewayError() {
    return gatewayError;
  }

  @Override
  public void body(byte[] newBytes) {
    discard();
    dropSteps.run();
    bytes = newBytes;
    length = newBytes.length;
  }
}
