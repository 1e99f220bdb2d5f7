package dev.sluice.proxy.flag;

import java.util.List;

/// What happens to a request before and while it is matched.
public final class RequestFlags {
  static final FlagGroup GROUP = new FlagGroup("Requests");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<Long> MAX_CONTENT_LENGTH =
      BUILT.number("max-content-length", 0, "largest body of a request, in bytes; a larger one is answered 413; 0: any");
  public static final Flag<Boolean> VALIDATE_QUERY =
      BUILT.onOff("validate-query", true, "answer 400 to a query that cannot be parsed");
  public static final Flag<Boolean> VALIDATE_QUERY_LOG =
      BUILT.onOff("validate-query-log", true, "log queries that cannot be parsed");
  public static final Flag<List<String>> REFUSE_PAYLOAD =
      BUILT.repeated("refuse-payload", "answer 400 to requests with this text in target or headers");
  public static final Flag<Boolean> NORMALIZE_HOST =
      BUILT.onOff("normalize-host", false, "match hosts in lower case, without port and final dot");
  public static final Flag<List<String>> FORWARDED_HEADERS = BUILT.list(
      "forwarded-headers",
      "headers to set before matching: X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Method, X-Forwarded-Uri,"
          + " X-Forwarded-Port=<port|auto>, X-Forwarded-Proto=<http|https|auto>");
  public static final Flag<List<String>> FORWARDED_HEADERS_EXCLUDE_CIDRS =
      BUILT.list("forwarded-headers-exclude-cidrs", "peers whose requests -forwarded-headers leaves alone");
  public static final Flag<List<String>> TRUSTED_PROXIES = BUILT.list(
      "trusted-proxies", "peers (CIDRs) whose X-Forwarded-* and Forwarded headers count; from others they are dropped");
  public static final Flag<Boolean> RFC_PATCH_PATH =
      BUILT.onOff("rfc-patch-path", false, "match with percent-encoded reserved characters left encoded");
  public static final Flag<Boolean> IGNORE_TRAILING_SLASH =
      BUILT.onOff("ignore-trailing-slash", false, "match paths without regard to a final slash");
  public static final Flag<Boolean> REVERSE_SOURCE_PREDICATE = PLANNED.onOff(
      "reverse-source-predicate", false, "generated health routes look at the last address of X-Forwarded-For");
  public static final Flag<Boolean> STRICT_HTTP = BUILT.onOff(
      "strict-http", false, "answer 400 to what is tolerated otherwise: dot segments, repeated slashes, odd bytes in targets");
  public static final Flag<String> VIA =
      BUILT.text("via", "", "name to put into Via headers; a request that has it already is answered 508; empty: no Via header");
  public static final Flag<Integer> MAX_LOOPBACKS =
      BUILT.integer("max-loopbacks", 9, "most loopbacks of a request; 0 means 9, -1 switches loopbacks off");
  public static final Flag<Integer> DEFAULT_HTTP_STATUS =
      BUILT.integer("default-http-status", 404, "answer when no route matches, 100 to 511");
  public static final Flag<Integer> MAX_AUDIT_BODY =
      PLANNED.integer("max-audit-body", 1024, "bytes of a body that auditLog keeps");
  public static final Flag<Long> MAX_MATCHER_BUFFER_SIZE =
      PLANNED.number("max-matcher-buffer-size", 2097152, "bytes of a body that block filters look at");
  public static final Flag<List<String>> COMPRESS_ENCODINGS = BUILT.choices(
      "compress-encodings",
      List.of(),
      List.of("gzip", "deflate", "br", "zstd"),
      "encodings that compress may use, the preferred first; unset: all");
  public static final Flag<Integer> COMPRESS_MIN_LENGTH =
      BUILT.integer("compress-min-length", 0, "compress leaves shorter bodies as they are; one of unknown length counts as long");

  private RequestFlags() {}
}
