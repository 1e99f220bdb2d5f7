package dev.sluice.routes.model;

import dev.sluice.grammar.ByteText;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The path of a request in its two forms: escaped, as it travels, and decoded, as it is matched. [PathReader] reads what clients
/// send; here is what does not depend on that.
public final class RequestPath {
  private static final String UNESCAPED = "-_.~$&+,/:;=@";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private RequestPath() {}

  /// True when both forms are the text itself: only characters that may stand raw in a path, and no dot segment.
  static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%' || !isRaw(c) || c == '.' && path.charAt(i - 1) == '/') {
        return false;
      }
    }
    return true;
  }

  /// The forms of an escaped path that was put together by a filter, or null when it is refused. `encoded` starts with `/`.
  ///
  /// @return decoded and encoded form
  public static String @Nullable [] of(String encoded, RequestTarget.Options options) {
    if (isPlain(encoded)) {
      return new String[] {encoded, encoded};
    }
    var read = PathReader.read(encoded, options);
    return read.problem() != null ? null : new String[] {read.decoded(), read.encoded()};
  }

  /// The escaped form of a decoded path, as Go escapes paths: all but letters, digits and `-_.~$&+,/:;=@`.
  public static String escape(String decoded) {
    if (isUnescaped(decoded)) {
      return decoded;
    }
    byte[] bytes = ByteText.encode(decoded);
    var out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (b > 0 && isUnescaped((char) b)) {
        out.append((char) b);
      } else {
        appendEscape(out, b);
      }
    }
    return out.toString();
  }

  /// The form in which paths are compared: leading slash, no empty segments, no dot segments; a slash at the end stays.
  public static String clean(String path) {
    if (isClean(path)) {
      return path;
    }
    var kept = new ArrayList<String>();
    String[] parts = path.split("/", -1);
    for (String part : parts) {
      if (part.equals("..")) {
        if (!kept.isEmpty()) {
          kept.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        kept.add(part);
      }
    }
    String last = parts[parts.length - 1];
    boolean slash = !kept.isEmpty() && (last.isEmpty() || last.equals("."));
    return "/" + String.join("/", kept) + (slash ? "/" : "");
  }

  static boolean isEscape(String text, int at) {
    return at + 2 < text.length() && hex(text.charAt(at + 1)) >= 0 && hex(text.charAt(at + 2)) >= 0;
  }

  static void appendEscape(StringBuilder out, byte b) {
    out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
  }

  /// Characters that may stand in a path as they are, with `%`.
  static boolean isRaw(char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '#' && c != '<' && c != '>' && c != '\\' && c != '^' && c != '`' && c != '{'
        && c != '|' && c != '}';
  }

  private static boolean isUnescaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isUnescaped(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnescaped(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNESCAPED.indexOf(c) >= 0;
  }

  private static boolean isClean(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    for (int i = path.indexOf('/', 1), start = 1; ; start = i + 1, i = path.indexOf('/', start)) {
      int size = (i < 0 ? path.length() : i) - start;
      boolean dots = size > 0 && size < 3 && path.charAt(start) == '.' && path.charAt(start + size - 1) == '.';
      if (dots || size == 0 && i >= 0) {
        return false;
      }
      if (i < 0) {
        return true;
      }
    }
  }

  static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
