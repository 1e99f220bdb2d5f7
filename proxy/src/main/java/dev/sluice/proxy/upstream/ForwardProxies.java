package dev.sluice.proxy.upstream;

import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.spi.ArgumentProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which forward proxy leads to an endpoint. Immutable.
///
/// @param forHttp for endpoints with the scheme `http`; null: none
/// @param forHttps for endpoints with the scheme `https`, by CONNECT; null: none
/// @param except endpoints that are reached without a proxy
public record ForwardProxies(@Nullable Proxy forHttp, @Nullable Proxy forHttps, List<Exempt> except) {
  public static final ForwardProxies NONE = new ForwardProxies(null, null, List.of());

  /// A forward proxy that is spoken to without TLS.
  ///
  /// @param authorization value of Proxy-Authorization; null: none is sent
  public record Proxy(String host, int port, @Nullable String authorization) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// One entry of NO_PROXY.
  ///
  /// @param host lower case; with a leading dot names below it alone; `*` for any
  /// @param port 0 for any
  public record Exempt(String host, int port) {
    private boolean holds(String name, int at) {
      if (port != 0 && port != at) {
        return false;
      }
      if (host.equals("*") || host.equals(name)) {
        return true;
      }
      if (host.indexOf('/') > 0) {
        return inNetwork(name);
      }
      return host.startsWith(".") ? name.endsWith(host) : name.endsWith("." + host);
    }

    private boolean inNetwork(String name) {
      IpAddress address = IpAddress.parse(name);
      try {
        return address != null && Cidr.parse(host).contains(address);
      } catch (ArgumentProblem e) {
        return false;
      }
    }
  }

  /// One proxy for every endpoint.
  ///
  /// @throws IllegalArgumentException when it is no URL of a proxy that can be used
  public static ForwardProxies all(String url) {
    Proxy proxy = proxy(url);
    return new ForwardProxies(proxy, proxy, List.of());
  }

  /// As HTTP_PROXY, HTTPS_PROXY and NO_PROXY say, in upper or lower case, the way Go's net/http reads them: names of NO_PROXY hold for what is below
  /// them too, and `localhost` and loopback addresses are never reached through a proxy.
  ///
  /// @throws IllegalArgumentException when one of the first two is no URL of a proxy that can be used
  public static ForwardProxies of(Map<String, String> environment) {
    String http = either(environment, "HTTP_PROXY");
    String https = either(environment, "HTTPS_PROXY");
    List<Exempt> except = new ArrayList<>();
    for (String entry : either(environment, "NO_PROXY").split(",")) {
      String text = entry.strip().toLowerCase(Locale.ROOT);
      if (!text.isEmpty()) {
        except.add(exempt(text));
      }
    }
    except.add(new Exempt("localhost", 0));
    except.add(new Exempt("127.0.0.0/8", 0));
    except.add(new Exempt("::1", 0));
    // In a CGI program HTTP_PROXY is a header of the client (httpoxy).
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    return new ForwardProxies(
        http.isEmpty() || cgi ? null : proxy(http), https.isEmpty() ? null : proxy(https), List.copyOf(except));
  }

  private static String either(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return upper.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
  }

  private static Exempt exempt(String text) {
    int colon = text.lastIndexOf(':');
    boolean withPort = colon > 0 && text.indexOf(':') == colon || colon > text.indexOf(']') && text.startsWith("[");
    int port = withPort ? port(text, text.substring(colon + 1)) : 0;
    String host = withPort ? text.substring(0, colon) : text;
    return new Exempt(bare(host.startsWith("*.") ? host.substring(1) : host), port);
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static Proxy proxy(String url) {
    int scheme = url.indexOf("://");
    if (scheme >= 0 && !url.regionMatches(true, 0, "http", 0, Math.max(4, scheme))) {
      throw new IllegalArgumentException("a proxy is spoken to by http alone; write http://HOST:PORT");
    }
    String rest = url.substring(scheme < 0 ? 0 : scheme + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String address = authority.substring(at + 1);
    int colon = address.lastIndexOf(':') > address.lastIndexOf(']') ? address.lastIndexOf(':') : address.length();
    String host = bare(address.substring(0, colon));
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the proxy has no host; write http://HOST:PORT");
    }
    int port = colon == address.length() ? 80 : port("the proxy", address.substring(colon + 1));
    return new Proxy(host, port, at < 0 ? null : basic(authority.substring(0, at)));
  }

  private static int port(String what, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(what + " has the port \"" + digits + "\", which is no number from 1 to 65535");
  }

  private static String basic(String user) {
    String plain = java.net.URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  /// The proxy that leads to an endpoint, or null when it is reached straight.
  ///
  /// @param host name or literal without brackets, lower case
  @Nullable Proxy to(boolean tls, String host, int port) {
    Proxy proxy = tls ? forHttps : forHttp;
    if (proxy == null) {
      return null;
    }
    for (Exempt exempt : except) {
      if (exempt.holds(host, port)) {
        return null;
      }
    }
    return proxy;
  }
}
