package dev.sluice.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// Reads responses from one socket: Jetty's parser, and pooled buffers that are handed on without a copy.
///
/// Buffers begin with 16 KiB and grow to 64 KiB for a body that fills several; an idle connection holds none. The parser runs at most one
/// piece ahead, to know which piece is the last.
final class ResponseReader {
  /// What the bytes so far amount to.
  enum Head {
    MORE,
    INTERIM,
    FINAL,
    BROKEN
  }

  /// Bare LF as a line's end is taken from backends (RFC 9112 §2.2), and equal Content-Length lines count once (§6.3).
  static final HttpCompliance HTTP =
      HttpCompliance.STRICT.with(
          "SLUICE-BACKEND", HttpCompliance.Violation.LF_HEADER_TERMINATION, HttpCompliance.Violation.MULTIPLE_CONTENT_LENGTHS);

  private static final int SMALL = 16 << 10;
  private static final int LARGE = 64 << 10;
  private static final int FULL_READS = 3;

  private final Shared shared;
  private final EndPoint endPoint;
  private final Events events = new Events();
  private final HttpParser parser;
  private RetainableByteBuffer.@Nullable Mutable in;
  private int bufferSize = SMALL;
  private int fullReads;

  private boolean headResponse;
  private boolean begun;
  private boolean headRead;
  private boolean complete;
  private boolean persistent;
  private boolean cutOff;
  private @Nullable String problem;
  private int status;
  private @Nullable String reason;
  private boolean hasLength;
  private HttpFields.Mutable headers = HttpFields.build();
  private HttpFields.@Nullable Mutable trailers;
  private @Nullable ByteBuffer piece;
  private @Nullable ByteBuffer following;

  ResponseReader(Shared shared, EndPoint endPoint) {
    this.shared = shared;
    this.endPoint = endPoint;
    this.parser = new HttpParser(events, shared.settings().maxHeadBytes(), HTTP);
    parser.setHeaderCacheSize(1024);
    parser.setHeaderCacheCaseSensitive(true);
  }

  /// An interim response was read; another follows.
  void expectNext() {
    expect(headResponse);
    begun = true;
  }

  /// The next bytes are a response.
  void expect(boolean head) {
    headResponse = head;
    begun = false;
    headRead = false;
    complete = false;
    persistent = true;
    cutOff = false;
    problem = null;
    hasLength = false;
    headers = HttpFields.build();
    trailers = null;
    parser.reset();
    parser.setHeadResponse(head);
  }

  /// Reads on in what is there until a head is complete.
  Head head() {
    RetainableByteBuffer.Mutable buffer = in;
    while (problem == null && !headRead && buffer != null && buffer.hasRemaining()) {
      begun = true;
      parse(buffer.getByteBuffer());
    }
    if (problem != null) {
      return Head.BROKEN;
    }
    if (!headRead) {
      return Head.MORE;
    }
    return status < 200 ? Head.INTERIM : Head.FINAL;
  }

  int status() {
    return status;
  }

  @Nullable String reason() {
    return reason;
  }

  HttpFields headers() {
    return headers;
  }

  /// True once a byte of the response has come.
  boolean begun() {
    return begun;
  }

  String problem() {
    return problem == null ? "malformed response" : problem;
  }

  /// Whether the problem is that the backend closed in the middle of a head.
  boolean closedEarly() {
    return cutOff;
  }

  /// Length of the body: 0 without one, -1 when unknown.
  long length() {
    if (headResponse || status == 204 || status == 304) {
      return 0;
    }
    return hasLength && !parser.isChunking() ? parser.getContentLength() : -1;
  }

  /// @return bytes read, 0 when there are none now, -1 at the end
  int fill() {
    RetainableByteBuffer.Mutable buffer = in;
    if (buffer == null || buffer.isRetained()) {
      release();
      buffer = shared.buffers().acquire(bufferSize, true);
      in = buffer;
    }
    int filled;
    try {
      filled = endPoint.fill(buffer.getByteBuffer());
    } catch (IOException e) {
      // No orderly end: what has come of a body that only the end of the connection ends is not all of it (RFC 9112 §8).
      if (headRead && !complete && problem == null) {
        problem = "connection broke in the middle of the body";
        cutOff = true;
      }
      filled = -1;
    }
    if (filled <= 0) {
      release();
    } else if (filled < bufferSize) {
      fullReads = 0;
      bufferSize = filled < bufferSize / 4 ? SMALL : bufferSize;
    } else if (++fullReads >= FULL_READS) {
      bufferSize = LARGE;
    }
    return filled;
  }

  /// The backend closed. True when that is a part of the response: its end, or a cut in the middle of it.
  boolean end() {
    if (!begun) {
      return false;
    }
    if (headRead) {
      parser.atEOF();
      parse(BufferUtil.EMPTY_BUFFER);
    } else {
      problem = "closed before the end of the head";
      cutOff = true;
    }
    return true;
  }

  /// True when [#read] would return a chunk at once.
  boolean hasBody() {
    return piece != null || complete || problem != null || in != null && in.hasRemaining();
  }

  /// The next chunk of the body, null when none is there now.
  Content.@Nullable Chunk read() {
    while (true) {
      parse();
      ByteBuffer bytes = piece;
      if (bytes != null) {
        piece = following;
        following = null;
        boolean last = complete && piece == null && trailers == null;
        return Content.Chunk.asChunk(bytes, last, Objects.requireNonNull(in));
      }
      if (complete) {
        HttpFields.Mutable fields = trailers;
        return fields == null ? Content.Chunk.EOF : new Trailers(fields.asImmutable());
      }
      if (problem != null) {
        return Content.Chunk.from(new EofException(problem), true);
      }
      int filled = fill();
      if (filled == 0) {
        return null;
      }
      if (filled < 0 && problem == null) {
        end();
      }
    }
  }

  private void parse(ByteBuffer bytes) {
    try {
      parser.parseNext(bytes);
    } catch (AssertionError e) {
      // With assertions on, Jetty insists that the status it reports a failure with is one of an error; it takes the response's.
      malformed("malformed response");
    }
  }

  private void malformed(String what) {
    int longest = shared.settings().maxHeadBytes();
    problem = parser.getHeaderLength() > longest ? "response head over " + longest + " bytes" : what;
  }

  private void parse() {
    RetainableByteBuffer.Mutable buffer = in;
    while (buffer != null && buffer.hasRemaining() && following == null && !complete && problem == null) {
      parse(buffer.getByteBuffer());
    }
  }

  /// Ends a response that was read to its end. True when the connection may carry another.
  boolean finish() {
    RetainableByteBuffer.Mutable buffer = in;
    if (!complete) {
      // A head without a body: the parser has yet to be told so.
      parse(buffer == null ? BufferUtil.EMPTY_BUFFER : buffer.getByteBuffer());
    }
    boolean clean = complete && problem == null && (buffer == null || !buffer.hasRemaining());
    release();
    return clean && persistent && !parser.isClosed() && !parser.isClose();
  }

  /// Bytes behind the head, copied; the buffer is given back.
  ByteBuffer takeRest() {
    RetainableByteBuffer.Mutable buffer = in;
    ByteBuffer rest = buffer == null ? BufferUtil.EMPTY_BUFFER : BufferUtil.copy(buffer.getByteBuffer());
    release();
    return rest == null ? BufferUtil.EMPTY_BUFFER : rest;
  }

  /// Gives back all that is held.
  void discard() {
    RetainableByteBuffer.Mutable buffer = in;
    if (buffer != null && piece != null) {
      buffer.release();
    }
    if (buffer != null && following != null) {
      buffer.release();
    }
    piece = null;
    following = null;
    release();
  }

  private void release() {
    RetainableByteBuffer.Mutable buffer = in;
    in = null;
    if (buffer != null) {
      buffer.release();
    }
  }

  private final class Events implements HttpParser.ResponseHandler {
    private boolean http10;
    private boolean keepAlive;

    @Override
    public void startResponse(HttpVersion version, int code, @Nullable String phrase) {
      status = code;
      reason = phrase;
      http10 = version != HttpVersion.HTTP_1_1;
      keepAlive = false;
    }

    @Override
    public void parsedHeader(HttpField field) {
      HttpHeader header = field.getHeader();
      if (header == HttpHeader.CONNECTION) {
        persistent &= !field.contains("close");
        keepAlive |= http10 && field.contains("keep-alive");
      } else if (header == HttpHeader.CONTENT_LENGTH) {
        if (hasLength) {
          return;
        }
        hasLength = true;
      }
      headers.add(field);
    }

    @Override
    public boolean headerComplete() {
      persistent &= !http10 || keepAlive;
      headRead = true;
      return true;
    }

    @Override
    public boolean content(ByteBuffer bytes) {
      Objects.requireNonNull(in).retain();
      if (piece == null) {
        piece = bytes;
        return false;
      }
      following = bytes;
      return true;
    }

    @Override
    public boolean contentComplete() {
      return false;
    }

    @Override
    public void parsedTrailer(HttpField field) {
      HttpFields.Mutable fields = trailers;
      if (fields == null) {
        fields = HttpFields.build();
        trailers = fields;
      }
      fields.add(field);
    }

    @Override
    public boolean messageComplete() {
      complete = true;
      return true;
    }

    @Override
    public void earlyEOF() {
      problem = "closed before the end of the body";
      cutOff = true;
    }

    @Override
    public void badMessage(HttpException failure) {
      malformed("malformed response: " + failure.getReason());
    }
  }
}
