package dev.sluice.grammar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes to text and back without loss: UTF-8, and a byte that is not valid there is carried as the lone surrogate
/// `U+DC00 + byte`. No valid text holds one, so [#encode] gives exactly the bytes that [#decode] took.
public final class ByteText {
  private static final int ESCAPED = 0xDC00;

  private ByteText() {}

  /// Text of the bytes from `from` (inclusive) to `to` (exclusive).
  public static String decode(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decodeUtf8(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /// Bytes of a text from [#decode]. A lone surrogate that stands for no byte becomes `?`.
  public static byte[] encode(String text) {
    if (!hasLoneSurrogate(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    var out = new ByteArrayOutputStream(text.length() + 16);
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isLone(text, i)) {
        out.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
        int b = text.charAt(i) - ESCAPED;
        out.write(b >= 0x80 && b <= 0xFF ? b : '?');
        start = i + 1;
      } else if (Character.isHighSurrogate(text.charAt(i))) {
        i++;
      }
    }
    out.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /// Compares as the encoded bytes compare, which is the order of code points, not of Java's `char`.
  public static int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        return Character.isSurrogate(l) || Character.isSurrogate(r) ? Arrays.compareUnsigned(encode(left), encode(right)) : l - r;
      }
    }
    return left.length() - right.length();
  }

  /// The text with each byte that is not UTF-8 shown as U+FFFD, for readers and formats that know only valid text.
  public static String replaceEscapes(String text) {
    if (!hasLoneSurrogate(text)) {
      return text;
    }
    var out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      if (isLone(text, i)) {
        out.setCharAt(i, '\uFFFD');
      } else if (Character.isHighSurrogate(text.charAt(i))) {
        i++;
      }
    }
    return out.toString();
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (isLone(text, i)) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /// True for a surrogate at `i` that begins no pair; callers step over pairs.
  private static boolean isLone(String text, int i) {
    char c = text.charAt(i);
    return Character.isLowSurrogate(c)
        || Character.isHighSurrogate(c) && (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1)));
  }

  private static String decodeUtf8(byte[] bytes, int from, int to) {
    // Whether anything was replaced is seen afterwards: an exception for each invalid text costs more than all the rest.
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : decodeInvalid(bytes, from, to);
  }

  private static String decodeInvalid(byte[] bytes, int from, int to) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes, from, to - from);
    var out = CharBuffer.allocate(to - from);
    while (true) {
      var result = decoder.decode(in, out, true);
      if (result.isUnderflow()) {
        return out.flip().toString();
      }
      out.put((char) (ESCAPED + (in.get() & 0xFF)));
      decoder.reset();
    }
  }
}
