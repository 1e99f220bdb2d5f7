package dev.sluice.routes.args;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// UTF-8 in which bytes that are not valid are carried as lone surrogates `U+DC00 + byte`, so that nothing is lost on the way through a string.
public final class Utf8Bytes {
  private Utf8Bytes() {}

  public static byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isByte(text, i)) {
        return encodeSlowly(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String decode(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      return decodeSlowly(bytes, length);
    }
  }

  private static byte[] encodeSlowly(String text) {
    var out = new ByteArrayOutputStream(text.length());
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isByte(text, i)) {
        out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
        out.write(text.charAt(i));
        from = i + 1;
      }
    }
    out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String decodeSlowly(byte[] bytes, int length) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    CharBuffer out = CharBuffer.allocate(length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      out.put((char) (0xDC00 + (in.get() & 0xff))); // one byte at a time: the rest may be valid
      decoder.reset();
    }
  }

  private static boolean isByte(String text, int at) {
    char c = text.charAt(at);
    return c >= 0xDC80 && c <= 0xDCFF && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
