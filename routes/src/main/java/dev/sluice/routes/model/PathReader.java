package dev.sluice.routes.model;

import dev.sluice.grammar.ByteText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an escaped path: what is matched, what is sent on, or why it is refused.
///
/// What is decided here: escapes are decoded once. A dot segment, its dots encoded or not, is resolved in both forms, and then
/// empty segments go too; a path without one keeps every byte (RFC 3986 §5.2.4). An encoded slash separates segments when
/// matching, as in Skipper. What different servers read differently in a dangerous way is refused: a dot segment next to an
/// encoded slash or a backslash, one with parameters (`..;`), NUL, broken escapes, ASCII in overlong UTF-8.
final class PathReader {
  private static final String RESERVED = ";/?:@&=+$,";

  private PathReader() {}

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
      if (c == '%' && !RequestPath.isEscape(raw, i)) {
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
        if (RequestPath.isRaw(c)) {
          out.append(c);
        } else {
          int end = Character.isHighSurrogate(c) && i + 1 < segment.text.length() ? i + 2 : i + 1;
          for (byte b : ByteText.encode(segment.text.substring(i, end))) {
            RequestPath.appendEscape(out, b);
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
      int b = RequestPath.hex(text.charAt(i + 1)) << 4 | RequestPath.hex(text.charAt(i + 2));
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
        out.append((char) (RequestPath.hex(raw.charAt(i + 1)) << 4 | RequestPath.hex(raw.charAt(i + 2))));
        i += 2;
      } else {
        char c = raw.charAt(i);
        out.append(c < 0x80 ? c : c >= 0xDC80 && c <= 0xDCFF ? (char) (c - 0xDC00) : '\uFFFF');
      }
    }
    return out.toString();
  }
}
