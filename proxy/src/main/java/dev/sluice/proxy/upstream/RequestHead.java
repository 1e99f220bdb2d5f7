package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.ForwardProxies.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Writes request heads as bytes. One per loop: the array is used again and again.
///
/// Text is written as Latin-1 bytes; a line with characters beyond that is written as UTF-8. Nothing that could end a line or a head is ever
/// written (RFC 9112 §11.1).
final class RequestHead {
  private static final byte[] VERSION_HOST = latin1(" HTTP/1.1\r\nHost: ");
  private static final byte[] CRLF = latin1("\r\n");
  private static final byte[] COLON = latin1(": ");
  private static final byte[] LENGTH = latin1("Content-Length: ");
  private static final byte[] CHUNKED = latin1("Transfer-Encoding: chunked\r\n");
  private static final byte[] UPGRADE = latin1("Connection: Upgrade\r\nUpgrade: ");

  private byte[] bytes = new byte[4096];
  private int length;
  private boolean expectsContinue;

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /// Whether the head that was written last asks for a 100 before its body.
  boolean expectsContinue() {
    return expectsContinue;
  }

  /// @throws IllegalArgumentException when some part holds CR, LF, NUL or another control character, or the line's parts a space
  void write(UpstreamRequest request, HostDial.Target to) {
    length = 0;
    expectsContinue = false;
    word(request.method());
    put(' ');
    Proxy proxy = to.tls() ? null : to.proxy();
    target(request, proxy);
    put(VERSION_HOST);
    text(request.host());
    put(CRLF);
    for (HttpField field : request.headers()) {
      line(field);
    }
    if (proxy != null && proxy.authorization() != null) {
      line("Proxy-Authorization", proxy.authorization());
    }
    framing(request);
    if (request.upgrade() != null) {
      put(UPGRADE);
      text(request.upgrade());
      put(CRLF);
    }
    put(CRLF);
    if (bytes.length > 64 << 10) {
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  /// To a forward proxy the whole URL goes (RFC 9112 §3.2.2).
  private void target(UpstreamRequest request, @Nullable Proxy proxy) {
    String scheme = request.way().toProxy() == null ? proxy == null ? null : "http" : request.way().toProxy();
    if (scheme != null) {
      text(scheme);
      text("://");
      word(request.host());
    }
    word(request.target());
  }

  private void line(HttpField field) {
    HttpHeader header = field.getHeader();
    if (header == HttpHeader.HOST || header == HttpHeader.CONTENT_LENGTH || header == HttpHeader.TRANSFER_ENCODING) {
      return;
    }
    if (header == HttpHeader.EXPECT) {
      expectsContinue |= field.getValue().equalsIgnoreCase("100-continue");
    }
    line(field.getName(), field.getValue());
  }

  private void line(String name, String value) {
    word(name);
    put(COLON);
    text(value);
    put(CRLF);
  }

  private void framing(UpstreamRequest request) {
    if (request.contentLength() < 0) {
      put(CHUNKED);
    } else if (request.contentLength() > 0 || request.lengthZero()) {
      put(LENGTH);
      text(Long.toString(request.contentLength()));
      put(CRLF);
    }
  }

  /// The trailer section behind the last chunk, with its end.
  byte[] trailers(Iterable<HttpField> fields) {
    length = 0;
    for (HttpField field : fields) {
      line(field.getName(), field.getValue());
    }
    put(CRLF);
    return Arrays.copyOf(bytes, length);
  }

  private void put(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  private void put(byte[] constant) {
    room(constant.length);
    System.arraycopy(constant, 0, bytes, length, constant.length);
    length += constant.length;
  }

  /// Text without spaces.
  private void word(String text) {
    int from = length;
    text(text);
    if (length == from) {
      throw new IllegalArgumentException("an empty word in a request head");
    }
    for (int i = from; i < length; i++) {
      if (bytes[i] == ' ' || bytes[i] == '\t') {
        throw new IllegalArgumentException("a blank where none may be in a request head: " + text);
      }
    }
  }

  private void text(String text) {
    int n = text.length();
    room(n);
    int all = 0;
    boolean control = false;
    for (int i = 0; i < n; i++) {
      char c = text.charAt(i);
      all |= c;
      control |= c < ' ' && c != '\t' || c == 0x7f;
      bytes[length + i] = (byte) c;
    }
    if (control) {
      throw new IllegalArgumentException("a control character in a request head");
    }
    if (all > 0xff) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      put(utf8);
    } else {
      length += n;
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }
}
