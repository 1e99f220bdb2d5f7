package dev.sluice.proxy.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.internal.MetaDataBuilder;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.jspecify.annotations.Nullable;

/// Jetty's parser of a client's frames, which also tells how long a head has been coming and what its pseudo-fields were.
///
/// Jetty makes a URI of `:path` and takes paths that climb over their root, or hold a broken escape, for malformed requests, while we have
/// answers for them, the same as over HTTP/1.1. So Jetty sees the path `/` and no authority, as it does there. It offers no other way to this than the fields below, which it
/// fills before it asks for the time, and reads afterwards.
final class Http2Parser extends ServerParser {
  /// How far a head may go over its limit and still get an answer; more than that ends the connection.
  private static final int READABLE = 2;

  private static final VarHandle BUILDER;
  private static final VarHandle PATH;
  private static final VarHandle AUTHORITY;
  private static final VarHandle METHOD;
  private static final VarHandle PROTOCOL;

  static {
    try {
      var decoder = MethodHandles.privateLookupIn(HpackDecoder.class, MethodHandles.lookup());
      var builder = MethodHandles.privateLookupIn(MetaDataBuilder.class, MethodHandles.lookup());
      BUILDER = decoder.findVarHandle(HpackDecoder.class, "_builder", MetaDataBuilder.class);
      PATH = builder.findVarHandle(MetaDataBuilder.class, "_path", String.class);
      AUTHORITY = builder.findVarHandle(MetaDataBuilder.class, "_authority", HostPortHttpField.class);
      METHOD = builder.findVarHandle(MetaDataBuilder.class, "_method", String.class);
      PROTOCOL = builder.findVarHandle(MetaDataBuilder.class, "_protocol", String.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int maxHeadBytes;
  private Http2Head head = Http2Head.NONE;
  private boolean inHead;
  private boolean lastOfHead;
  private long headBegan;

  /// @param maxHeadBytes of names and values, and 32 for each field (RFC 9113 §6.5.2)
  Http2Parser(ByteBufferPool buffers, int maxHeadBytes, RateControl rateControl) {
    super(buffers, maxHeadBytes * READABLE, rateControl);
    this.maxHeadBytes = maxHeadBytes;
  }

  /// The pseudo-fields of the head that was read last.
  Http2Head head() {
    return head;
  }

  /// Time of [System#nanoTime] when the head began that is being read, 0 when none is.
  long headBegan() {
    return inHead ? headBegan : 0;
  }

  /// Called by Jetty between a head's last field and the making of the request.
  @Override
  public long getBeginNanoTime() {
    MetaDataBuilder builder = (MetaDataBuilder) BUILDER.get(getHpackDecoder());
    String path = (String) PATH.get(builder);
    HostPortHttpField authority = (HostPortHttpField) AUTHORITY.get(builder);
    head = new Http2Head((String) METHOD.get(builder), path, authority == null ? null : authority.getValue(), (String) PROTOCOL.get(builder),
        builder.getSize() > maxHeadBytes);
    if (path != null) {
      PATH.set(builder, "/");
      AUTHORITY.set(builder, null);
    }
    return super.getBeginNanoTime();
  }

  @Override
  protected boolean parseHeader(ByteBuffer buffer) {
    boolean parsed = super.parseHeader(buffer);
    if (parsed && isHead() && !inHead) {
      inHead = true;
      headBegan = System.nanoTime();
      // Jetty sets it to what clients are told.
      getHpackDecoder().setMaxHeaderListSize(maxHeadBytes * READABLE);
    }
    lastOfHead = parsed && isHead() && hasFlag(org.eclipse.jetty.http2.Flags.END_HEADERS);
    return parsed;
  }

  @Override
  protected boolean parseBody(ByteBuffer buffer) {
    boolean parsed = super.parseBody(buffer);
    if (parsed && lastOfHead) {
      inHead = false;
    }
    return parsed;
  }

  private boolean isHead() {
    int type = getFrameType();
    return type == FrameType.HEADERS.getType() || type == FrameType.CONTINUATION.getType();
  }
}
