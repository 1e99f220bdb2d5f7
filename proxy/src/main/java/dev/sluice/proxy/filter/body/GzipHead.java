package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.BodyProblem;
import java.nio.ByteBuffer;

/// The head of a gzip member (RFC 1952 §2.3).
final class GzipHead {
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int CHECKSUM = 2;

  private GzipHead() {}

  /// Length of the head at the buffer's position, or -1: more input is needed.
  ///
  /// @throws BodyProblem when it is none
  static int length(ByteBuffer in, boolean last) throws BodyProblem {
    int start = in.position();
    if (in.remaining() >= 3 && (in.get(start) != 0x1f || (in.get(start + 1) & 0xff) != 0x8b || in.get(start + 2) != 8)) {
      throw new BodyProblem(502, "packed body is no gzip");
    }
    int end = end(in);
    if (end < 0 && (last || in.remaining() > 32 * 1024)) {
      throw new BodyProblem(502, "packed body has an incomplete gzip head");
    }
    return end < 0 ? -1 : end - start;
  }

  private static int end(ByteBuffer in) {
    int at = in.position() + 10;
    if (at > in.limit()) {
      return -1;
    }
    int flags = in.get(in.position() + 3);
    if ((flags & EXTRA) != 0) {
      if (at + 2 > in.limit()) {
        return -1;
      }
      at += 2 + (in.get(at) & 0xff | (in.get(at + 1) & 0xff) << 8);
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        while (at < in.limit() && in.get(at) != 0) {
          at++;
        }
        at++;
      }
    }
    at += (flags & CHECKSUM) != 0 ? 2 : 0;
    return at > in.limit() ? -1 : at;
  }
}
