package dev.sluice.proxy.filter.content;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds a content type by looking at the first 512 bytes, as Go's `http.DetectContentType` does (the MIME sniffing standard,
/// <https://mimesniff.spec.whatwg.org/>).
public final class ContentSniffer {
  private static final int LONGEST = 512;
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";
  private static final List<String> TAGS = List.of(
      "<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE", "<TITLE", "<B",
      "<BODY", "<BR", "<P", "<!--");

  /// Bytes at an offset, written as Latin-1; `?` stands for any byte.
  private record Signature(int offset, String bytes, String type) {}

  private static final List<Signature> SIGNATURES = List.of(
      new Signature(0, "%PDF-", "application/pdf"),
      new Signature(0, "%!PS-Adobe-", "application/postscript"),
      new Signature(0, "\u00fe\u00ff", "text/plain; charset=utf-16be"),
      new Signature(0, "\u00ff\u00fe", "text/plain; charset=utf-16le"),
      new Signature(0, "\u00ef\u00bb\u00bf", PLAIN),
      new Signature(0, "\u0000\u0000\u0001\u0000", "image/x-icon"),
      new Signature(0, "\u0000\u0000\u0002\u0000", "image/x-icon"),
      new Signature(0, "BM", "image/bmp"),
      new Signature(0, "GIF87a", "image/gif"),
      new Signature(0, "GIF89a", "image/gif"),
      new Signature(0, "RIFF????WEBPVP", "image/webp"),
      new Signature(0, "\u0089PNG\r\n\u001a\n", "image/png"),
      new Signature(0, "\u00ff\u00d8\u00ff", "image/jpeg"),
      new Signature(0, "FORM????AIFF", "audio/aiff"),
      new Signature(0, "ID3", "audio/mpeg"),
      new Signature(0, "OggS\u0000", "application/ogg"),
      new Signature(0, "MThd\u0000\u0000\u0000\u0006", "audio/midi"),
      new Signature(0, "RIFF????AVI ", "video/avi"),
      new Signature(0, "RIFF????WAVE", "audio/wave"));

  private static final List<Signature> LATER = List.of(
      new Signature(0, "\u001aE\u00df\u00a3", "video/webm"),
      new Signature(34, "LP", "application/vnd.ms-fontobject"),
      new Signature(0, "\u0000\u0001\u0000\u0000", "font/ttf"),
      new Signature(0, "OTTO", "font/otf"),
      new Signature(0, "ttcf", "font/collection"),
      new Signature(0, "wOFF", "font/woff"),
      new Signature(0, "wOF2", "font/woff2"),
      new Signature(0, "\u001f\u008b\b", "application/x-gzip"),
      new Signature(0, "PK\u0003\u0004", "application/zip"),
      new Signature(0, "Rar!\u001a\u0007\u0000", "application/x-rar-compressed"),
      new Signature(0, "Rar!\u001a\u0007\u0001\u0000", "application/x-rar-compressed"),
      new Signature(0, "\u0000asm", "application/wasm"));

  private ContentSniffer() {}

  public static String type(byte[] content) {
    String text = new String(content, 0, Math.min(content.length, LONGEST), StandardCharsets.ISO_8859_1);
    String trimmed = withoutLeadingSpace(text);
    if (startsWithTag(trimmed)) {
      return HTML;
    }
    if (trimmed.startsWith("<?xml")) {
      return "text/xml; charset=utf-8";
    }
    String known = find(SIGNATURES, text);
    if (known == null && isMp4(text)) {
      known = "video/mp4";
    }
    if (known == null) {
      known = find(LATER, text);
    }
    if (known != null) {
      return known;
    }
    return trimmed.chars().anyMatch(ContentSniffer::isBinary) ? "application/octet-stream" : PLAIN;
  }

  private static String withoutLeadingSpace(String text) {
    int at = 0;
    while (at < text.length() && "\t\n\f\r ".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.substring(at);
  }

  private static boolean startsWithTag(String text) {
    for (String tag : TAGS) {
      boolean complete = text.length() > tag.length()
          && (text.charAt(tag.length()) == ' ' || text.charAt(tag.length()) == '>');
      if (complete && text.regionMatches(true, 0, tag, 0, tag.length())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String find(List<Signature> signatures, String text) {
    for (Signature signature : signatures) {
      if (matches(signature, text)) {
        return signature.type;
      }
    }
    return null;
  }

  private static boolean matches(Signature signature, String text) {
    if (text.length() < signature.offset + signature.bytes.length()) {
      return false;
    }
    for (int i = 0; i < signature.bytes.length(); i++) {
      char wanted = signature.bytes.charAt(i);
      if (wanted != '?' && wanted != text.charAt(signature.offset + i)) {
        return false;
      }
    }
    return true;
  }

  /// A box `ftyp` with a brand that begins with `mp4`.
  private static boolean isMp4(String text) {
    if (text.length() < 12 || !text.startsWith("ftyp", 4)) {
      return false;
    }
    int size = text.charAt(0) << 24 | text.charAt(1) << 16 | text.charAt(2) << 8 | text.charAt(3);
    if (size < 0 || size > text.length() || size % 4 != 0) {
      return false;
    }
    for (int at = 8; at < size; at += 4) {
      if (at != 12 && text.startsWith("mp4", at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBinary(int c) {
    return c <= 8 || c == 0x0b || c >= 0x0e && c <= 0x1a || c >= 0x1c && c <= 0x1f;
  }
}
