package dev.sluice.proxy.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;

/// Jetty's parser behind our own check of the request line.
///
/// The line is taken whole, checked, and then overwritten in the buffer: Jetty reads `METHOD / HTTP/1.1` and never sees the target, which
/// may hold whatever users send (`//`, `%25`, `|`, `/..`).
final class HeadParser extends HttpParser {
  private static final int MOST_BLANK_LINES = 4;
  private static final long MOST_FRAMING = 16 << 10;
  private static final long FRAMING_SHARE = 8;
  private static final byte[] END_11 = " / HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] END_10 = " / HTTP/1.0\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final RequestHandler handler;
  private final int longest;
  private final RequestLine line = new RequestLine();
  private ByteArrayOutputStream partial = new ByteArrayOutputStream(0);
  private boolean lineRead;
  private long framing;
  private int blankLines;

  HeadParser(RequestHandler handler, int longest, HttpCompliance compliance) {
    super(handler, longest, compliance);
    this.handler = handler;
    this.longest = longest;
  }

  /// The target of the request whose head was read last, bytes as Latin-1 characters.
  String target() {
    return line.target();
  }

  /// What is known of the request line, for the log.
  String requestLine() {
    if (lineRead) {
      return line.text();
    }
    String text = partial.toString(StandardCharsets.ISO_8859_1);
    return text.length() > 8192 ? text.substring(0, 8192) : text;
  }

  /// True when some bytes of a head have come, but not its end.
  boolean inHead() {
    return partial.size() > 0 || !isStart() && inHeaderState();
  }

  @Override
  public boolean parseNext(ByteBuffer buffer) {
    if (!isStart() || !buffer.hasRemaining()) {
      return super.parseNext(buffer);
    }
    while (buffer.hasRemaining()) {
      int from = buffer.position();
      int end = lineFeed(buffer);
      if (end < 0 || partial.size() > 0) {
        return part(buffer, end < 0 ? buffer.limit() : end + 1, end >= 0);
      }
      if (end == from || buffer.get(end - 1) != '\r') {
        return refuse(buffer, 400, "line ends without CR");
      }
      if (end - 1 > from) {
        return whole(buffer, from, end - 1, buffer);
      }
      buffer.position(end + 1);
      if (++blankLines > MOST_BLANK_LINES) {
        return refuse(buffer, 400, "blank lines before the request");
      }
    }
    return false;
  }

  private static int lineFeed(ByteBuffer buffer) {
    for (int i = buffer.position(), limit = buffer.limit(); i < limit; i++) {
      if (buffer.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  /// The line came in pieces: it is gathered and then read from a buffer of its own.
  private boolean part(ByteBuffer buffer, int end, boolean complete) {
    byte[] bytes = new byte[end - buffer.position()];
    buffer.get(bytes);
    partial.writeBytes(bytes);
    if (partial.size() > longest) {
      return refuse(buffer, 414, "request line too long");
    }
    if (!complete) {
      return false;
    }
    ByteBuffer gathered = ByteBuffer.wrap(partial.toByteArray());
    partial = new ByteArrayOutputStream(0);
    int length = gathered.limit();
    if (length < 2 || gathered.get(length - 2) != '\r') {
      return refuse(buffer, 400, "line ends without CR");
    }
    if (length == 2) {
      return ++blankLines > MOST_BLANK_LINES ? refuse(buffer, 400, "blank lines before the request") : parseNext(buffer);
    }
    return whole(gathered, 0, length - 2, buffer) || buffer.hasRemaining() && super.parseNext(buffer);
  }

  private boolean whole(ByteBuffer bytes, int from, int end, ByteBuffer buffer) {
    if (end - from > longest) {
      return refuse(buffer, 414, "request line too long");
    }
    int status = line.check(bytes, from, end);
    lineRead = true;
    if (status != 0) {
      return refuse(buffer, status, line.problem());
    }
    blankLines = 0;
    byte[] tail = line.version10() ? END_10 : END_11;
    int start = end + 2 - tail.length - line.methodLength();
    if (start != from) {
      for (int i = line.methodLength() - 1; i >= 0; i--) {
        bytes.put(start + i, bytes.get(from + i));
      }
    }
    bytes.put(end + 2 - tail.length, tail);
    bytes.position(start);
    return super.parseNext(bytes);
  }

  private boolean refuse(ByteBuffer buffer, int status, String reason) {
    buffer.position(buffer.limit());
    close();
    handler.badMessage(new HttpException.RuntimeException(status, reason));
    return false;
  }

  /// What frames the chunks of a body must not be much longer than the body itself (RFC 9112 §7.1.1).
  @Override
  protected boolean parseContent(ByteBuffer buffer) {
    if (!isChunking()) {
      return super.parseContent(buffer);
    }
    int from = buffer.position();
    long content = getContentRead();
    boolean handle = super.parseContent(buffer);
    framing += buffer.position() - from - (getContentRead() - content);
    if (framing > MOST_FRAMING + FRAMING_SHARE * getContentRead()) {
      throw new HttpException.RuntimeException(400, "chunks with more framing than content");
    }
    return handle;
  }

  @Override
  public void reset() {
    super.reset();
    lineRead = false;
    framing = 0;
  }
}
