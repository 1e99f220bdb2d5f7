package dev.sluice.routes.model;

import dev.sluice.grammar.ByteText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of a request in its two forms: escaped, as it travels, and decoded, as it is matched.
///
/// What is decided here: escapes are decoded once. A dot segment, its dots encoded or not, is resolved in both forms, and then empty
/// segments go too; a path without one keeps every byte (RFC 3986 §5.2.4). An encoded slash separates segments when matching, as
/// in Skipper. What different servers read differently in a dangerous way is refused: a dot segment next to an encoded slash or a
/// backslash, one with parameters (`..;`), NUL, broken escapes, ASCII in overlong UTF-8.
public final class RequestPath {
  private static final String RESERVED = ";/?:@&=+$,";
  private static final String UNESCAPED = "-_.~$&+,/:;=@";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private RequestPath() {}

  /// @param problem null when the path is accepted; else nothing but it means anything
  record Read(String decoded, String encoded, @Nullable String problem) {}

  /// One segment.
  ///
  /// @param text as received, escapes and all
  /// @param value decoded
  /// @param after the encoded slash that separates it from the one before, or null for a plain slash
  private record Segment(String text, String value, @Nullable String after) {
    boolean isDots() {
      return value.equals(".") || value.equals("..");
    }
  }

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
    var read = read(encoded, options);
    return read.problem != null ? null : new String[] {read.decoded, read.encoded};
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

  static Read read(String raw, RequestTarget.Options options) {
    String problem = characterProblem(raw, options.strict());
    if (problem != null) {
      return new Read("", "", problem);
    }
    problem = segmentProblem(raw, options.strict());
    if (problem != null) {
      return new Read("", "", problem);
    }
    var segments = split(raw, options.keepReserved());
    if (segments.stream().anyMatch(Segment::isDots)) {
      segments = resolve(segments);
    } else if (options.strict()) {
      segments = merge(segments);
    }
    return new Read(join(segments), encode(segments), null);
  }

  private static @Nullable String characterProblem(String raw, boolean strict) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '#' || c == '\uFFFD' || strict && (c >= 0x80 || c == '\\')) {
        return "character in the path that must not stand there";
      }
      if (c == '%' && !isEscape(raw, i)) {
        return "broken percent escape in the path";
      }
    }
    return null;
  }

  /// Segments between slashes, without the empty one before the first slash.
  ///
  /// @param keepReserved whether an encoded slash is text, like other encoded reserved characters; else it separates segments
  private static List<Segment> split(String raw, boolean keepReserved) {
    var segments = new ArrayList<Segment>();
    String after = null;
    int start = 1;
    for (int i = 1; i <= raw.length(); i++) {
      boolean escaped = !keepReserved && raw.regionMatches(true, i, "%2F", 0, 3);
      if (i == raw.length() || raw.charAt(i) == '/' || escaped) {
        String text = raw.substring(start, i);
        segments.add(new Segment(text, decode(text, keepReserved), after));
        after = escaped ? raw.substring(i, i + 3) : null;
        i += escaped ? 2 : 0;
        start = i + 1;
      }
    }
    return segments;
  }

  private static @Nullable String segmentProblem(String raw, boolean strict) {
    var segments = split(raw, false);
    for (int i = 0; i < segments.size(); i++) {
      String value = segments.get(i).value;
      boolean bySlash = segments.get(i).after != null || i + 1 < segments.size() && segments.get(i + 1).after != null;
      if (value.indexOf('\0') >= 0) {
        return "NUL in the path";
      }
      if (bySlash && strict) {
        return "encoded slash in the path";
      }
      if (bySlash && segments.get(i).isDots()) {
        return "dot segment beside an encoded slash in the path";
      }
      if (strict && value.indexOf('\\') >= 0) {
        return "backslash in the path";
      }
      if (isDotsWith(value, ';') || isDotsByBackslash(value)) {
        return "dot segment with a parameter or a backslash in the path";
      }
    }
    return hasOverlongAscii(raw) ? "overlong UTF-8 in the path" : null;
  }

  private static boolean isDotsWith(String value, char mark) {
    int end = value.indexOf(mark);
    return end >= 0 && (value.substring(0, end).equals(".") || value.substring(0, end).equals(".."));
  }

  private static boolean isDotsByBackslash(String value) {
    if (value.indexOf('\\') < 0) {
      return false;
    }
    for (String part : value.split("\\\\", -1)) {
      if (part.equals(".") || part.equals("..") || isDotsWith(part, ';')) {
        return true;
      }
    }
    return false;
  }

  /// ASCII written in two, three or four bytes: C0 and C1, E0 80 and E0 81, F0 80 80 and F0 80 81, each with what follows.
  private static boolean hasOverlongAscii(String raw) {
    String bytes = decodeLatin(raw);
    for (int i = 0; i + 1 < bytes.length(); i++) {
      char c = bytes.charAt(i);
      char next = bytes.charAt(i + 1);
      char third = i + 2 < bytes.length() ? bytes.charAt(i + 2) : 0;
      boolean continued = next >= 0x80 && next <= 0xBF;
      if ((c == 0xC0 || c == 0xC1) && continued
          || c == 0xE0 && (next == 0x80 || next == 0x81) && third >= 0x80 && third <= 0xBF
          || c == 0xF0 && next == 0x80 && (third == 0x80 || third == 0x81)) {
        return true;
      }
    }
    return false;
  }

  /// Removes dot segments with what they step over, and empty segments. A final `..` leaves no slash, a final `.` leaves one.
  private static List<Segment> resolve(List<Segment> segments) {
    var kept = new ArrayList<Segment>();
    for (Segment segment : segments) {
      if (segment.value.equals("..")) {
        if (!kept.isEmpty()) {
          kept.removeLast();
        }
      } else if (!segment.value.equals(".") && !segment.text.isEmpty()) {
        kept.add(kept.isEmpty() ? new Segment(segment.text, segment.value, null) : segment);
      }
    }
    String last = segments.getLast().value;
    if (kept.isEmpty() || last.isEmpty() || last.equals(".")) {
      kept.add(new Segment("", "", null));
    }
    return kept;
  }

  /// Removes empty segments but the last.
  private static List<Segment> merge(List<Segment> segments) {
    var kept = new ArrayList<Segment>();
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).text.isEmpty() || i + 1 == segments.size()) {
        kept.add(segments.get(i));
      }
    }
    return kept;
  }

  private static String join(List<Segment> segments) {
    var out = new StringBuilder();
    segments.forEach(segment -> out.append('/').append(segment.value));
    return out.toString();
  }

  private static String encode(List<Segment> segments) {
    var out = new StringBuilder();
    for (Segment segment : segments) {
      out.append(segment.after != null ? segment.after : "/");
      for (int i = 0; i < segment.text.length(); i++) {
        char c = segment.text.charAt(i);
        if (isRaw(c)) {
          out.append(c);
        } else {
          int end = Character.isHighSurrogate(c) && i + 1 < segment.text.length() ? i + 2 : i + 1;
          for (byte b : ByteText.encode(segment.text.substring(i, end))) {
            appendEscape(out, b);
          }
          i = end - 1;
        }
      }
    }
    return out.toString();
  }

  private static String decode(String text, boolean keepReserved) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    var bytes = new ByteArrayOutputStream(text.length());
    int plain = 0;
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      int b = hex(text.charAt(i + 1)) << 4 | hex(text.charAt(i + 2));
      if (!keepReserved || RESERVED.indexOf(b) < 0) {
        bytes.writeBytes(ByteText.encode(text.substring(plain, i)));
        bytes.write(b);
        plain = i + 3;
      }
    }
    bytes.writeBytes(ByteText.encode(text.substring(plain)));
    return ByteText.decode(bytes.toByteArray(), 0, bytes.size());
  }

  /// The decoded bytes, one character each. A lone surrogate is a raw byte; raw characters outside ASCII do not matter here.
  private static String decodeLatin(String raw) {
    var out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        out.append((char) (hex(raw.charAt(i + 1)) << 4 | hex(raw.charAt(i + 2))));
        i += 2;
      } else {
        char c = raw.charAt(i);
        out.append(c < 0x80 ? c : c >= 0xDC80 && c <= 0xDCFF ? (char) (c - 0xDC00) : '\uFFFF');
      }
    }
    return out.toString();
  }

  private static void appendEscape(StringBuilder out, byte b) {
    out.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
  }

  /// Characters that may stand in a path as they are, with `%`.
  private static boolean isRaw(char c) {
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

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
