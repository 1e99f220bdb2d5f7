package dev.sluice.proxy.balance;

import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How the gateway asks endpoints whether they are well: the filter `endpointCheck`.
///
/// @param path with query, as it stands on the request line
/// @param interval from an answer to the next request; each time longer or shorter by up to a tenth, so that gateways do not ask in step
/// @param timeout longest wait for an answer's head
/// @param delay before the first request, to which a random part of the interval is added
/// @param unhealthyAfter so many failed requests in a row take an endpoint out
/// @param healthyAfter so many good answers in a row bring it back
/// @param statuses of good answers
/// @param host value of the Host line; empty: the endpoint's address
/// @param address where it is asked, as `host:port` or `:port`; empty: the endpoint itself
/// @param head HEAD instead of GET
public record HealthCheck(String path, Duration interval, Duration timeout, Duration delay, int unhealthyAfter, int healthyAfter,
    List<Statuses> statuses, String host, String address, boolean head) {
  private static final List<String> OPTIONS =
      List.of("interval", "timeout", "delay", "unhealthy", "healthy", "status", "host", "address", "method");
  private static final Duration LONGEST = Duration.ofDays(1);

  /// A range of statuses, both ends included.
  public record Statuses(int from, int to) {}

  /// Reads the filter's arguments.
  ///
  /// @throws ArgumentProblem for the first that is wrong, by its index in the filter
  public static HealthCheck of(String path, List<String> options) {
    if (!path.matches("/[!-\"$-~]*")) {
      throw new ArgumentProblem(0, "must be a path such as \"/health\": it begins with a slash and has no blanks, not \"" + path + "\"");
    }
    Map<String, Option> given = new HashMap<>();
    for (int i = 0; i < options.size(); i++) {
      Option option = Option.of(i + 1, options.get(i));
      if (given.put(option.name, option) != null) {
        throw new ArgumentProblem(i + 1, "\"" + option.name + "\" is there twice");
      }
    }
    return new HealthCheck(
        path,
        given.getOrDefault("interval", new Option(0, "interval", "10s")).duration(Duration.ofMillis(100)),
        given.getOrDefault("timeout", new Option(0, "timeout", "2s")).duration(Duration.ofMillis(1)),
        given.getOrDefault("delay", new Option(0, "delay", "0")).duration(Duration.ZERO),
        given.getOrDefault("unhealthy", new Option(0, "unhealthy", "3")).count(),
        given.getOrDefault("healthy", new Option(0, "healthy", "2")).count(),
        given.getOrDefault("status", new Option(0, "status", "200-399")).statuses(),
        given.containsKey("host") ? given.get("host").host() : "",
        given.containsKey("address") ? given.get("address").address() : "",
        given.getOrDefault("method", new Option(0, "method", "GET")).isHead());
  }

  static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  boolean isGood(int status) {
    for (Statuses range : statuses) {
      if (status >= range.from && status <= range.to) {
        return true;
      }
    }
    return false;
  }

  private record Option(int at, String name, String value) {
    static Option of(int at, String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (!OPTIONS.contains(name)) {
        throw new ArgumentProblem(at, "unknown option \"" + name + "\"; there are " + String.join(", ", OPTIONS) + ", each followed by = and its value");
      }
      return new Option(at, name, equals < 0 ? "" : text.substring(equals + 1));
    }

    private ArgumentProblem mustBe(String what) {
      return new ArgumentProblem(at, name + " must be " + what + ", not \"" + value + "\"");
    }

    Duration duration(Duration least) {
      Duration duration;
      try {
        duration = GoDuration.parse(value);
      } catch (ArgumentProblem notOne) {
        throw mustBe("a duration such as \"10s\" or \"500ms\"");
      }
      if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
        throw mustBe("from " + (least.isZero() ? "0" : least.toMillis() + "ms") + " to 24h");
      }
      return duration;
    }

    int count() {
      if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) < 1) {
        throw mustBe("a whole number from 1 to 9999");
      }
      return Integer.parseInt(value);
    }

    List<Statuses> statuses() {
      List<Statuses> ranges = new ArrayList<>();
      for (String range : value.split(",", -1)) {
        if (!range.matches("[1-5][0-9][0-9](-[1-5][0-9][0-9])?")) {
          throw mustBe("statuses and ranges such as \"200-299,401\"");
        }
        ranges.add(new Statuses(Integer.parseInt(range.substring(0, 3)), Integer.parseInt(range.substring(range.length() - 3))));
      }
      return List.copyOf(ranges);
    }

    String host() {
      if (!value.matches("[A-Za-z0-9._:\\[\\]-]{1,255}")) {
        throw mustBe("a host such as \"shop.example.org\"");
      }
      return value;
    }

    String address() {
      if (!value.matches("([A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])?:[0-9]{1,5}") || port(value) < 1 || port(value) > 65_535) {
        throw mustBe("a port such as \":8081\", or host and port such as \"10.0.0.1:8081\"");
      }
      return value;
    }

    boolean isHead() {
      return switch (value) {
        case "HEAD" -> true;
        case "GET" -> false;
        default -> throw mustBe("GET or HEAD");
      };
    }
  }
}
