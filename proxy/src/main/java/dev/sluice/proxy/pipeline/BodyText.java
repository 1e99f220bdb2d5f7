package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.loop.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/// A body that was read to be shown.
///
/// @param bytes what came before its end or its error
/// @param error why it is not whole; empty when it is
record BodyText(byte[] bytes, String error) {
  private static final int MOST = 1 << 20;
  private static final BodyText NONE = new BodyText(new byte[0], "");

  /// Reads a body on its loop and gives it to `then`.
  ///
  /// @param body null: none
  static void read(Content.@Nullable Source body, EventLoop loop, Consumer<BodyText> then) {
    if (body == null) {
      then.accept(NONE);
    } else {
      more(body, new ByteArrayOutputStream(), loop, then);
    }
  }

  private static void more(Content.Source body, ByteArrayOutputStream bytes, EventLoop loop, Consumer<BodyText> then) {
    while (true) {
      Content.Chunk chunk = body.read();
      if (chunk == null) {
        body.demand(() -> {
          if (loop.inLoop()) {
            more(body, bytes, loop, then);
          } else {
            loop.execute(() -> more(body, bytes, loop, then));
          }
        });
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        then.accept(new BodyText(bytes.toByteArray(), String.valueOf(chunk.getFailure().getMessage())));
        return;
      }
      bytes.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
      boolean last = chunk.isLast();
      chunk.release();
      if (last || bytes.size() > MOST) {
        if (!last) {
          body.fail(new EOFException("more than is shown"));
        }
        then.accept(new BodyText(bytes.toByteArray(), last ? "" : "longer than " + MOST + " bytes"));
        return;
      }
    }
  }
}
