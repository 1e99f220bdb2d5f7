package dev.sluice.proxy.server;

/// Which values a Host line may have: a registered name, an IPv4 address or a bracketed IPv6 address without a zone, and a port (RFC 3986 §3.2.2). No
/// user information, no comma, no percent sign: they only serve to make two parsers see two hosts.
final class HostRule {
  private static final String EXTRA = "-._~!$&'()*+;=";

  private HostRule() {}

  static boolean allows(String host) {
    if (host.isEmpty()) {
      return false;
    }
    int i = host.charAt(0) == '[' ? literal(host) : name(host);
    return i > 0 && port(host, i);
  }

  private static int name(String host) {
    int i = 0;
    while (i < host.length() && (alphanumeric(host.charAt(i)) || EXTRA.indexOf(host.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  private static int literal(String host) {
    int i = 1;
    while (i < host.length() && (hex(host.charAt(i)) || host.charAt(i) == ':' || host.charAt(i) == '.')) {
      i++;
    }
    return i > 2 && i < host.length() && host.charAt(i) == ']' ? i + 1 : 0;
  }

  private static boolean port(String host, int at) {
    if (at == host.length()) {
      return true;
    }
    if (host.charAt(at) != ':' || host.length() - at > 6) {
      return false;
    }
    int port = 0;
    for (int i = at + 1; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port < 65536;
  }

  private static boolean alphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean hex(char c) {
    return c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c >= '0' && c <= '9';
  }
}
