package dev.sluice.routes.compile;

import dev.sluice.grammar.EndpointAddress;
import dev.sluice.routes.model.Authority;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads backend addresses. Only scheme, host and port matter to a call; path, user information and query mean nothing, except
/// that `zone` and `weight` in the query of a balanced endpoint describe it.
final class Addresses {
  private static final String WEIGHT = "weight=";
  private static final int MOST_WEIGHT = 65_535;

  private Addresses() {}

  /// @throws ArgumentProblem for an address that cannot be called
  static Endpoint network(String written) {
    return read(written, written, "", 1, false);
  }

  /// An endpoint of a balanced backend.
  ///
  /// @throws ArgumentProblem for an address that cannot be called or a weight that is none
  static Endpoint balanced(String written) {
    EndpointAddress address = EndpointAddress.of(written);
    int question = address.address().indexOf('?');
    if (question < 0 || !address.address().startsWith(WEIGHT, question + 1) && !address.address().contains("&" + WEIGHT)) {
      return read(written, address.address(), address.zone(), 1, false);
    }
    var others = new ArrayList<String>();
    String weight = null;
    for (String parameter : address.address().substring(question + 1).split("&", -1)) {
      if (parameter.startsWith(WEIGHT)) {
        weight = weight == null ? parameter.substring(WEIGHT.length()) : weight;
      } else {
        others.add(parameter);
      }
    }
    String text = address.address().substring(0, question) + (others.isEmpty() ? "" : "?" + String.join("&", others));
    return weight == null
        ? read(written, text, address.zone(), 1, false)
        : read(written, text, address.zone(), weight(weight), true);
  }

  private static int weight(String text) {
    boolean whole = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!whole || Integer.parseInt(text) > MOST_WEIGHT) {
      throw new ArgumentProblem("has the weight \"" + text + "\", which is no whole number from 0 to " + MOST_WEIGHT);
    }
    return Integer.parseInt(text);
  }

  private static Endpoint read(String written, String text, String zone, int weight, boolean weightWritten) {
    int colon = text.indexOf("://");
    if (written.isEmpty()) {
      throw new ArgumentProblem("is empty");
    }
    if (colon <= 0) {
      throw new ArgumentProblem("has no scheme");
    }
    String scheme = scheme(text.substring(0, colon).toLowerCase(Locale.ROOT));
    String authority = authority(text.substring(colon + 3));
    String problem = Authority.problem(authority);
    int portColon = authority.lastIndexOf(':') > authority.lastIndexOf(']') ? authority.lastIndexOf(':') : authority.length();
    String host = authority.substring(0, portColon);
    if (host.isEmpty()) {
      throw new ArgumentProblem("has no host");
    }
    if (problem != null || host.indexOf(':') >= 0 && !host.startsWith("[")) {
      throw new ArgumentProblem("has a malformed host");
    }
    String digits = portColon == authority.length() ? "" : authority.substring(portColon + 1);
    int port = digits.isEmpty() ? defaultPort(scheme) : port(digits);
    if (port == 0) {
      throw new ArgumentProblem("needs a port");
    }
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Endpoint(text, scheme, name, port, digits.isEmpty() ? host : authority, zone, weight, weightWritten);
  }

  /// The constant for the scheme, so that a million routes share one text.
  private static String scheme(String scheme) {
    return switch (scheme) {
      case "http" -> "http";
      case "https" -> "https";
      case "h2c" -> "h2c";
      case "fastcgi" -> "fastcgi";
      default -> throw new ArgumentProblem("has the scheme \"" + scheme + "\", which cannot be called");
    };
  }

  /// 0: a port must be written.
  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "h2c" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }

  private static String authority(String rest) {
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(rest.lastIndexOf('@', end) + 1, end).toLowerCase(Locale.ROOT);
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length() && port <= 65_535; i++) {
      int digit = digits.charAt(i) - '0';
      port = digit < 0 || digit > 9 ? Integer.MAX_VALUE : port * 10 + digit;
    }
    if (port == 0 || port > 65_535 || digits.length() > 5) {
      throw new ArgumentProblem("has the port \"" + digits + "\", which is no number from 1 to 65535");
    }
    return port;
  }

  /// A way to mend the address, or null.
  static @Nullable String help(String written) {
    if (!written.contains("://") && !written.isBlank()) {
      try {
        network("http://" + written);
        return "write \"http://" + written + "\"";
      } catch (ArgumentProblem problem) {
        // the scheme is not all that is wrong
      }
    }
    return "write a URL like \"http://10.0.0.1:8080\"";
  }
}
