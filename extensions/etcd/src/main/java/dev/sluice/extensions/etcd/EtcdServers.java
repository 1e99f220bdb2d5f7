package dev.sluice.extensions.etcd;

import dev.sluice.routes.spi.ArgumentProblem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where the routes are: the members of a cluster, of which any will do, and the directory.
///
/// @param members at least one, in the order to try them
/// @param root the directory of the routes: `/skipper/routes`
/// @param timeout longest time of a call
/// @param insecure whether certificates are taken as they come
record EtcdServers(List<Member> members, String root, Duration timeout, boolean insecure) {
  EtcdServers {
    members = List.copyOf(members);
  }

  /// @param base address without user information and without a slash at its end
  /// @param authorization value of the header; null: none
  record Member(String base, @Nullable String authorization) {
    /// Without secrets.
    @Override
    public String toString() {
      return base;
    }

    /// @param key decoded, from the first slash
    URI uri(String key, String query) {
      String path = Arrays.stream(key.split("/"))
          .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
          .collect(Collectors.joining("/"));
      return URI.create(base + "/v2/keys" + path + query);
    }
  }

  /// @param prefix with or without slashes around it
  /// @param authorization for all members; null: what the addresses say
  /// @throws ArgumentProblem for what is no address
  static EtcdServers of(List<String> urls, String prefix, Duration timeout, boolean insecure, @Nullable String authorization) {
    String directory = prefix.replaceAll("^/+|/+$", "");
    String root = (directory.isEmpty() ? "" : "/" + directory) + "/routes";
    return new EtcdServers(urls.stream().map(url -> member(url.strip(), authorization)).toList(), root, timeout, insecure);
  }

  /// A token goes before name and password, of which there must be both.
  ///
  /// @return null when there is neither
  static @Nullable String authorization(String token, String name, String password) {
    if (!token.isEmpty()) {
      return "Bearer " + token;
    }
    return name.isEmpty() || password.isEmpty() ? null : basic(name + ":" + password);
  }

  private static String basic(String nameAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(nameAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  private static Member member(String url, @Nullable String authorization) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw notAnAddress(url);
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw notAnAddress(url);
    }
    String user = uri.getUserInfo();
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
    return new Member(uri.getScheme() + "://" + host + path, authorization != null || user == null ? authorization : basic(user));
  }

  private static ArgumentProblem notAnAddress(String url) {
    return new ArgumentProblem("-etcd-urls: \"" + url.replaceFirst("//[^/@]*@", "//") + "\" is no http or https address");
  }
}
