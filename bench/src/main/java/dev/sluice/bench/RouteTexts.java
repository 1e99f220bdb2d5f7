package dev.sluice.bench;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Route files for the table's figures.
final class RouteTexts {
  private RouteTexts() {}

  private static final int BACKENDS = 1000;

  /// Some 170 bytes each: a path with a parameter, a method, two filters, the address of one of a thousand backends.
  ///
  /// @param changed how many of them, spread evenly, are not as in version 0
  static String paths(int routes, int changed, int version) {
    int step = changed == 0 ? Integer.MAX_VALUE : Math.max(1, routes / changed);
    return lines(routes, i -> """
        route_%1$d: Path("/api/v1/service%1$d/:id") && Method("GET")
          -> setRequestHeader("X-Route", "route-%1$d%2$s")
          -> setPath("/internal/${id}")
          -> "http://10.0.%3$d.%4$d:8080";
        """.formatted(i, version > 0 && i % step == 0 ? "-" + version : "", i % BACKENDS >> 8, i & 255));
  }

  /// Virtual hosts under one path, half of them as an ingress controller writes them.
  static String hosts(int routes, String backend) {
    return lines(routes, i -> i % 2 == 0
        ? "host_%1$d: Host(\"^(h%1$d[.]example[.]org[.]?(:[0-9]+)?)$\") && PathSubtree(\"/\") -> \"%2$s\";\n".formatted(i, backend)
        : "host_%1$d: HostAny(\"h%1$d.example.org\", \"h%1$d.example.org:80\") && PathSubtree(\"/\") -> \"%2$s\";\n".formatted(i, backend));
  }

  private static String lines(int routes, IntFunction<String> line) {
    return IntStream.range(0, routes).mapToObj(line).collect(Collectors.joining());
  }
}
