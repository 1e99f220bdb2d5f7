package dev.sluice.proxy.observe;

/// Methods as metrics tell them apart: what a client may invent counts as one, so that it cannot make new series.
final class MethodName {
  private static final String[] NAMES =
      {"_unknownmethod_", "OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"};

  private MethodName() {}

  static int index(String method) {
    return switch (method) {
      case "GET" -> 2;
      case "POST" -> 4;
      case "HEAD" -> 3;
      case "OPTIONS" -> 1;
      case "PUT" -> 5;
      case "PATCH" -> 6;
      case "DELETE" -> 7;
      case "TRACE" -> 8;
      case "CONNECT" -> 9;
      default -> 0;
    };
  }

  static String name(int index) {
    return NAMES[index];
  }
}
