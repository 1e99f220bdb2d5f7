package dev.sluice.proxy.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads the one answer that a FastCGI connection brings: head, body handed on without a copy, and what the application complains of.
final class FastCgiReader {
  /// What the bytes so far amount to.
  enum Event {
    MORE,
    HEAD,
    BODY,
    END,
    BROKEN
  }

  private static final int BUFFER = 16 << 10;
  private static final int MOST_COMPLAINTS = 4096;

  private final Shared shared;
  private final EndPoint endPoint;
  private final CgiHead head;
  private final ByteBuffer header = ByteBuffer.allocate(FastCgiRecords.HEADER);
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
  private RetainableByteBuffer.@Nullable Mutable in;
  private int type;
  private int content;
  private int padding;
  private boolean begun;
  private boolean headTold;
  private boolean ended;
  private @Nullable String problem;
  private @Nullable ByteBuffer piece;

  FastCgiReader(Shared shared, EndPoint endPoint) {
    this.shared = shared;
    this.endPoint = endPoint;
    this.head = new CgiHead(shared.settings().maxHeadBytes());
  }

  /// Reads from the socket. Returns the number of bytes read, 0 when there are none now, -1 at the end.
  int fill() {
    RetainableByteBuffer.Mutable buffer = in;
    if (buffer == null || buffer.isRetained()) {
      release();
      buffer = shared.buffers().acquire(BUFFER, true);
      in = buffer;
    }
    int filled;
    try {
      filled = endPoint.fill(buffer.getByteBuffer());
    } catch (IOException e) {
      filled = -1;
    }
    if (filled <= 0) {
      release();
    }
    return filled;
  }

  /// Reads on in what is there.
  Event next() {
    while (problem == null) {
      if (piece != null) {
        return Event.BODY;
      }
      if (ended) {
        return Event.END;
      }
      RetainableByteBuffer.Mutable buffer = in;
      if (buffer == null || !buffer.hasRemaining()) {
        return Event.MORE;
      }
      begun = true;
      step(buffer.getByteBuffer());
      if (head.complete() && !headTold && problem == null) {
        headTold = true;
        return Event.HEAD;
      }
    }
    return Event.BROKEN;
  }

  private void step(ByteBuffer bytes) {
    if (content > 0) {
      int size = Math.min(content, bytes.remaining());
      content -= size;
      ByteBuffer part = bytes.slice(bytes.position(), size);
      bytes.position(bytes.position() + size);
      take(part);
    } else if (padding > 0) {
      int size = Math.min(padding, bytes.remaining());
      padding -= size;
      bytes.position(bytes.position() + size);
    } else {
      while (bytes.hasRemaining() && header.hasRemaining()) {
        header.put(bytes.get());
      }
      if (!header.hasRemaining()) {
        recordBegins();
      }
    }
  }

  private void recordBegins() {
    header.flip();
    int version = header.get();
    type = header.get();
    int request = header.getShort() & 0xffff;
    content = header.getShort() & 0xffff;
    padding = header.get() & 0xff;
    header.clear();
    boolean known = type == FastCgiRecords.STDOUT || type == FastCgiRecords.STDERR || type == FastCgiRecords.END_REQUEST && content == 8;
    if (version != 1 || request == 1 && !known || request > 1) {
      problem = "malformed response: no FastCGI record";
    } else if (request == 0) {
      padding += content;
      content = 0;
    }
  }

  private void take(ByteBuffer part) {
    switch (type) {
      case FastCgiRecords.STDERR -> {
        byte[] text = new byte[Math.min(part.remaining(), MOST_COMPLAINTS - complaints.size())];
        part.get(text);
        complaints.writeBytes(text);
      }
      case FastCgiRecords.STDOUT -> {
        if (!headTold) {
          head.take(part);
          problem = head.problem();
        }
        if (part.hasRemaining() && problem == null) {
          Objects.requireNonNull(in).retain();
          piece = part;
        }
      }
      default -> end(part);
    }
  }

  private void end(ByteBuffer part) {
    while (header.position() < FastCgiRecords.HEADER && part.hasRemaining()) {
      header.put(part.get());
    }
    if (content == 0) {
      int protocolStatus = header.get(4);
      header.clear();
      ended = true;
      if (protocolStatus != 0) {
        problem = protocolStatus == 2 ? "the application is overloaded" : "the application refused the request: " + protocolStatus;
      } else if (!head.complete()) {
        problem = "ended before the end of the head";
      }
    }
  }

  /// True when [#next] would do more than ask for bytes.
  boolean hasBody() {
    return piece != null || ended || problem != null || in != null && in.hasRemaining();
  }

  /// The piece of the body that [#next] announced.
  Content.Chunk body() {
    ByteBuffer bytes = Objects.requireNonNull(piece);
    piece = null;
    return Content.Chunk.asChunk(bytes, false, Objects.requireNonNull(in));
  }

  CgiHead head() {
    return head;
  }

  /// Whether a byte of the answer has come.
  boolean begun() {
    return begun;
  }

  String problem() {
    return problem == null ? "" : problem;
  }

  /// What the application wrote to its error stream, up to a bound; in one line.
  String complaints() {
    String text = complaints.toString(StandardCharsets.UTF_8).strip();
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /// Gives back all that is held.
  void discard() {
    RetainableByteBuffer.Mutable buffer = in;
    if (buffer != null && piece != null) {
      buffer.release();
    }
    piece = null;
    release();
  }

  private void release() {
    RetainableByteBuffer.Mutable buffer = in;
    in = null;
    if (buffer != null) {
      buffer.release();
    }
  }
}
