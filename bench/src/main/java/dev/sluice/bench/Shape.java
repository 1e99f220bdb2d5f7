package dev.sluice.bench;

import java.util.List;

/// One kind of traffic.
///
/// @param name to ask for it by
/// @param title for the table
/// @param perGiB whether processor time is counted for a GiB, else for a request
record Shape(String name, String title, Proxy.Mode mode, Load.Generator generator, boolean perGiB) {
  static final List<Shape> ALL = List.of(
      requests("small-64", "100 bytes, 64 connections", Proxy.Mode.HTTP1, new Wrk("http", "/", 64)),
      requests("small-8", "100 bytes, 8 connections", Proxy.Mode.HTTP1, new Wrk("http", "/", 8)),
      requests("small-256", "100 bytes, 256 connections", Proxy.Mode.HTTP1, new Wrk("http", "/", 256)),
      requests("10k", "10 KiB, 64 connections", Proxy.Mode.HTTP1, new Wrk("http", "/10k", 64)),
      new Shape("down", "100 MiB down, 2 connections", Proxy.Mode.HTTP1, new Bulk(false, 2), true),
      new Shape("up", "100 MiB up, 2 connections", Proxy.Mode.HTTP1, new Bulk(true, 2), true),
      requests("rate", "100 bytes, 64 connections, 8,000 requests a second, times from the moment they were due",
          Proxy.Mode.HTTP1, new ConstantRate("/", 64, 8_000)),
      requests("filters", "100 bytes, 64 connections, ten filters and an access log", Proxy.Mode.FILTERS, new Wrk("http", "/filters/a", 64)),
      requests("h2c", "100 bytes, HTTP/2 without TLS from the client, 8 connections of 8 streams", Proxy.Mode.H2C, new H2Load("/", 8, 8)),
      requests("tls", "100 bytes, TLS from the client, 64 connections", Proxy.Mode.TLS, new Wrk("https", "/", 64)));

  private static Shape requests(String name, String title, Proxy.Mode mode, Load.Generator generator) {
    return new Shape(name, title, mode, generator, false);
  }

  String unit() {
    return perGiB ? "CPU s a GiB" : "CPU µs a request";
  }

  /// Processor time in the shape's unit.
  double cpu(double seconds, Load load) {
    return perGiB ? seconds / (load.bytes() / (double) (1L << 30)) : seconds * 1e6 / load.requests();
  }
}
