package dev.sluice.proxy.filter.content;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content types by the end of a file name.
final class FileTypes {
  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("avif", "image/avif"),
      Map.entry("css", "text/css; charset=utf-8"),
      Map.entry("csv", "text/csv; charset=utf-8"),
      Map.entry("gif", "image/gif"),
      Map.entry("gz", "application/gzip"),
      Map.entry("htm", "text/html; charset=utf-8"),
      Map.entry("html", "text/html; charset=utf-8"),
      Map.entry("ico", "image/vnd.microsoft.icon"),
      Map.entry("jpeg", "image/jpeg"),
      Map.entry("jpg", "image/jpeg"),
      Map.entry("js", "text/javascript; charset=utf-8"),
      Map.entry("json", "application/json"),
      Map.entry("mjs", "text/javascript; charset=utf-8"),
      Map.entry("mp3", "audio/mpeg"),
      Map.entry("mp4", "video/mp4"),
      Map.entry("pdf", "application/pdf"),
      Map.entry("png", "image/png"),
      Map.entry("svg", "image/svg+xml"),
      Map.entry("txt", "text/plain; charset=utf-8"),
      Map.entry("wasm", "application/wasm"),
      Map.entry("webm", "video/webm"),
      Map.entry("webp", "image/webp"),
      Map.entry("woff", "font/woff"),
      Map.entry("woff2", "font/woff2"),
      Map.entry("xml", "text/xml; charset=utf-8"),
      Map.entry("zip", "application/zip"));

  private FileTypes() {}

  static @Nullable String byName(String name) {
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }
}
