package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.tls.ServerTls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.jspecify.annotations.Nullable;

/// TLS below a client's connection, on its loop: Jetty's, which runs the engine's tasks in place.
///
/// While an exchange is worked on it goes on decrypting, into Jetty's buffer of one record, so that a client's closing message, end or reset is noticed as
/// on a clear connection. A client that speaks HTTP without TLS is told so, as Go's net/http does.
final class InboundTls extends SslConnection implements LoopEndPoint.ReadsAhead {
  private static final byte[] CLEAR_TEXT =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerTls tls;
  private boolean first = true;
  private boolean clearText;
  private boolean readingAhead;
  private boolean asked;
  private boolean reset;
  private int got;

  private InboundTls(Connector connector, LoopSelector loop, EndPoint socket, ServerTls tls, boolean http2) {
    super(connector.getByteBufferPool(), loop::execute, socket, tls.engine(http2), true, true);
    this.tls = tls;
  }

  /// The connection of a socket, with what the client chooses on top.
  ///
  /// @param http2 null: HTTP/1.1 only
  /// @param handshakeNanos longest time until it has chosen; 0: no limit
  static Connection over(EndPoint socket, ServerTls tls, Connector connector, @Nullable ConnectionFactory http2, long handshakeNanos) {
    InboundTls connection = new InboundTls(connector, Objects.requireNonNull(LoopSelector.current()), socket, tls, http2 != null);
    EndPoint secure = connection.getSslEndPoint();
    secure.setConnection(new Negotiation(secure, connection.getSSLEngine(), connector, http2, handshakeNanos));
    return connection;
  }

  /// Whether the client asked for another name than this host, and has seen a certificate that is not this host's, while another one of the listener is.
  ///
  /// @param endPoint of a connection on top of TLS, or of one without
  static boolean misdirected(EndPoint endPoint, String host) {
    return endPoint instanceof SslEndPoint secure && secure.getSslConnection() instanceof InboundTls tls
        && tls.tls.misdirected(tls.getSSLEngine().getSession(), host);
  }

  @Override
  public boolean readAhead() {
    readingAhead = true;
    try {
      while (true) {
        asked = false;
        got = 0;
        int filled = getSslEndPoint().fill(BufferUtil.EMPTY_BUFFER);
        if (filled < 0 || reset) {
          depart();
          return false;
        }
        // Not asked: a record of the client's next request is kept already, and there is no place for more.
        if (!asked || got == 0) {
          return asked;
        }
      }
    } catch (IOException | RuntimeException e) {
      reset = true;
      depart();
      return false;
    } finally {
      readingAhead = false;
    }
  }

  private void depart() {
    if (getSslEndPoint().getConnection() instanceof LoopEndPoint.Departure connection) {
      connection.departed(reset);
    }
  }

  @Override
  protected int networkFill(ByteBuffer input) throws IOException {
    asked = true;
    if (clearText) {
      return -1;
    }
    try {
      got = super.networkFill(input);
    } catch (IOException e) {
      if (!readingAhead) {
        throw e;
      }
      reset = true;
      got = -1;
    }
    // An end without TLS's closing message is no orderly end (RFC 8446 §6.1).
    reset |= readingAhead && got < 0;
    if (first && got > 0) {
      first = false;
      if (isLetter(input.get(input.position()))) {
        BufferUtil.clear(input);
        refuse();
        got = -1;
      }
    }
    return got;
  }

  /// The first byte of a TLS record is none.
  private static boolean isLetter(byte b) {
    return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
  }

  private void refuse() {
    clearText = true;
    EndPoint socket = getEndPoint();
    if (socket instanceof LoopEndPoint loopEndPoint) {
      loopEndPoint.lingerOnClose();
    }
    socket.write(Callback.from(InvocationType.NON_BLOCKING, socket::close, failure -> socket.close()), ByteBuffer.wrap(CLEAR_TEXT));
  }

  /// Nothing of TLS goes to a client that does not speak it.
  @Override
  protected boolean networkFlush(ByteBuffer output) throws IOException {
    if (clearText) {
      BufferUtil.clear(output);
      return true;
    }
    return super.networkFlush(output);
  }
}
