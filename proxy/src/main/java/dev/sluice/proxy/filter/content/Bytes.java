package dev.sluice.proxy.filter.content;

import java.nio.charset.StandardCharsets;

/// Strings of the route language as bytes.
public final class Bytes {
  private Bytes() {}

  /// UTF-8; a lone surrogate `U+DC00 + byte` is that byte again.
  public static byte[] of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    while (low < text.length() && !isByte(text, low)) {
      low++;
    }
    return low == text.length() ? bytes : withSingleBytes(text);
  }

  private static byte[] withSingleBytes(String text) {
    var out = new java.io.ByteArrayOutputStream(text.length());
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

  private static boolean isByte(String text, int at) {
    char c = text.charAt(at);
    return c >= 0xDC80 && c <= 0xDCFF && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
