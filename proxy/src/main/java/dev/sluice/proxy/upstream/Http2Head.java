package dev.sluice.proxy.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/// Request heads and trailers for HTTP/2: lines that belong to HTTP/1.1 connections are left out (RFC 9113 §8.2.2), and nothing that could end a line
/// where the request is written as HTTP/1.1 again is ever sent (§8.2.1).
final class Http2Head {
  private Http2Head() {}

  /// @throws IllegalArgumentException when some part holds CR, LF, NUL or another control character, or method or target a space
  static MetaData.Request request(UpstreamRequest request, String scheme) {
    HttpFields.Mutable fields = fields(request.headers());
    if (request.contentLength() > 0 || request.contentLength() == 0 && request.lengthZero()) {
      fields.put(HttpHeader.CONTENT_LENGTH, request.contentLength());
    }
    word(request.method());
    RawTarget target = new RawTarget(scheme, text(word(request.host())), text(word(request.target())));
    return new MetaData.Request(request.method(), target, HttpVersion.HTTP_2, fields.asImmutable(), -1);
  }

  static MetaData trailers(HttpFields trailers) {
    return new MetaData(HttpVersion.HTTP_2, fields(trailers).asImmutable());
  }

  static boolean expectsContinue(UpstreamRequest request) {
    return request.headers().contains(HttpHeader.EXPECT, "100-continue");
  }

  private static HttpFields.Mutable fields(HttpFields from) {
    HttpFields.Mutable fields = HttpFields.build();
    for (HttpField field : from) {
      HttpHeader header = field.getHeader();
      if (header == HttpHeader.TE) {
        if (field.contains("trailers")) {
          fields.put(HttpHeader.TE, "trailers");
        }
      } else if (!ofConnection(header)) {
        fields.add(clean(field));
      }
    }
    return fields;
  }

  static boolean ofConnection(@Nullable HttpHeader header) {
    return header == HttpHeader.CONNECTION || header == HttpHeader.KEEP_ALIVE || header == HttpHeader.PROXY_CONNECTION
        || header == HttpHeader.TRANSFER_ENCODING || header == HttpHeader.UPGRADE || header == HttpHeader.HTTP2_SETTINGS
        || header == HttpHeader.HOST || header == HttpHeader.CONTENT_LENGTH;
  }

  private static HttpField clean(HttpField field) {
    String value = field.getValue() == null ? "" : field.getValue();
    String name = field.getName();
    checked(name, true);
    String sent = text(checked(value, false));
    boolean asIs = sent == value && value.equals(value.strip());
    return asIs ? field : new HttpField(field.getHeader(), name.toLowerCase(Locale.ROOT), sent.strip());
  }

  private static String word(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty word in a request head");
    }
    return checked(text, true);
  }

  private static String checked(String text, boolean word) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f) {
        throw new IllegalArgumentException("a control character in a request head");
      }
      if (word && (c == ' ' || c == '\t')) {
        throw new IllegalArgumentException("a blank where none may be in a request head: " + text);
      }
    }
    return text;
  }

  /// Text beyond Latin-1 goes as UTF-8.
  private static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }
}
