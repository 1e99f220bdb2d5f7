package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.BodyStep.Next;
import dev.sluice.routes.spi.BodyStep.Room;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Packs a body as gzip (RFC 1952) or raw deflate (RFC 1951). What came so far is sent on after each piece of input, so that a stream stays one.
final class PackStep implements BodyStep {
  private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final boolean gzip;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private boolean begun;
  private boolean flushing;

  PackStep(boolean gzip, int level) {
    this.gzip = gzip;
    this.deflater = new Deflater(level == -2 ? Deflater.DEFAULT_COMPRESSION : Math.min(level, 9), true);
    if (level == -2) {
      deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    }
  }

  @Override
  public Next step(ByteBuffer in, boolean last, Room out) {
    ByteBuffer room = out.buffer();
    if (gzip && !begun) {
      room.put(HEAD);
    }
    begun = true;
    if (deflater.finished()) {
      return trailer(room);
    }
    if (in.hasRemaining() && deflater.needsInput() && !flushing) {
      crc.update(in.duplicate());
      deflater.setInput(in); // deflating moves its position
      flushing = true;
    }
    if (last) {
      deflater.finish();
    }
    int written = deflater.deflate(room, last ? Deflater.NO_FLUSH : flushing ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH);
    if (deflater.finished()) {
      return trailer(room);
    }
    if (!room.hasRemaining() || written > 0 && last) {
      return Next.ROOM;
    }
    flushing = false;
    return Next.INPUT;
  }

  private Next trailer(ByteBuffer room) {
    if (!gzip) {
      return Next.END;
    }
    if (room.remaining() < 8) {
      return Next.ROOM;
    }
    room.putInt(Integer.reverseBytes((int) crc.getValue()));
    room.putInt(Integer.reverseBytes((int) deflater.getBytesRead()));
    return Next.END;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
