package dev.sluice.routes.table;

/// The part of a host by which routes are sorted: without port and without a dot at the end.
public final class HostKey {
  private HostKey() {}

  /// @param host as in the Host header; `[::1]:80` keeps its brackets
  public static String of(String host) {
    int end = host.length();
    int digits = end;
    while (digits > 0 && host.charAt(digits - 1) >= '0' && host.charAt(digits - 1) <= '9') {
      digits--;
    }
    if (digits > 0 && host.charAt(digits - 1) == ':') {
      end = digits - 1;
    }
    if (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    return end == host.length() ? host : host.substring(0, end);
  }
}
