package dev.sluice.proxy.upstream;

import dev.sluice.proxy.tls.ClientTls;
import dev.sluice.proxy.tls.TlsProtocol;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings of one loop's upstream. Times of zero mean no limit.
///
/// @param idlePerHost kept connections per backend address, from 0
/// @param idleInAll kept connections to all backends, without those of HTTP/2; beyond it that which was kept longest is closed; 0: no limit
/// @param idleTimeout longest time that a connection is kept
/// @param connectionsPerHost open connections per backend address; 0: no limit
/// @param waitingPerHost calls that may wait for a connection when that limit is reached; beyond it a call fails at once
/// @param waitTimeout longest such wait
/// @param expectTimeout longest time that a request body is held back for a 100 when the request expects one; then it is sent
/// @param maxHeadBytes longest response head
/// @param dnsTtl how long an answer of the resolver is used
/// @param tls for endpoints with the scheme `https`; shared by all loops
/// @param reach how endpoints are reached
/// @param sockets how connections are opened
/// @param clients settings for the calls that name them; these have none of their own
public record UpstreamSettings(
    int idlePerHost,
    int idleInAll,
    Duration idleTimeout,
    int connectionsPerHost,
    int waitingPerHost,
    Duration waitTimeout,
    Duration expectTimeout,
    int maxHeadBytes,
    Duration dnsTtl,
    ClientTls tls,
    Reach reach,
    Sockets sockets,
    Map<String, UpstreamSettings> clients) {
  /// 64 kept connections for 60 s, no limit of open ones, 1 MiB of head, names kept for 30 s.
  public static final UpstreamSettings DEFAULT =
      new UpstreamSettings(
          64, 0, Duration.ofSeconds(60), 0, 1024, Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20, Duration.ofSeconds(30),
          ClientTls.verifying(List.of(), TlsProtocol.DEFAULT, Duration.ofSeconds(60)), Reach.PLAIN,
          Sockets.PLAIN, Map.of());

  /// What is spoken to endpoints whose scheme leaves the choice.
  public enum Protocol {
    HTTP_1,
    /// Agreed on by ALPN with `https`, by prior knowledge with `http`.
    HTTP_2
  }

  /// How endpoints are reached.
  ///
  /// @param proxies forward proxies
  /// @param localAddress where connections come from; null: the system chooses
  /// @param unixSocket the socket that stands for every endpoint's address; null: the address itself
  /// @param connectNanos longest time to connect instead of the request's; -1: the request's, 0: no limit
  /// @param headNanos longest time to the response's head instead of the request's; -1: the request's, 0: no limit
  public record Reach(
      Protocol protocol,
      ForwardProxies proxies,
      @Nullable InetAddress localAddress,
      @Nullable Path unixSocket,
      long connectNanos,
      long headNanos) {
    /// HTTP/1.1 by TCP.
    public static final Reach PLAIN = new Reach(Protocol.HTTP_1, ForwardProxies.NONE, null, null, -1, -1);

    /// HTTP/2 by TCP.
    public static final Reach HTTP_2 = new Reach(Protocol.HTTP_2, ForwardProxies.NONE, null, null, -1, -1);
  }

  /// How connections are opened.
  ///
  /// @param keepAlive after so long a silence the system begins to ask whether the backend is still there (in whole seconds, at least one);
  ///     zero: 15 s, negative: it never asks
  /// @param race the addresses of one family of IP need not all have failed before those of the other are tried (RFC 8305)
  public record Sockets(Duration keepAlive, boolean race) {
    /// Asks after 30 s; both families.
    public static final Sockets PLAIN = new Sockets(Duration.ofSeconds(30), true);
  }

  /// The share of one of so many loops: at least one of what is not zero.
  public UpstreamSettings split(int loops) {
    Map<String, UpstreamSettings> shares = new LinkedHashMap<>();
    clients.forEach((name, settings) -> shares.put(name, settings.split(loops)));
    return new UpstreamSettings(
        share(idlePerHost, loops), share(idleInAll, loops), idleTimeout, share(connectionsPerHost, loops), share(waitingPerHost, loops), waitTimeout, expectTimeout,
        maxHeadBytes, dnsTtl, tls, reach, sockets, shares);
  }

  private static int share(int number, int loops) {
    return Math.ceilDiv(number, loops);
  }

  public UpstreamSettings withIdle(int perHost, Duration timeout) {
    return new UpstreamSettings(
        perHost, idleInAll, timeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls, reach, sockets, clients);
  }

  public UpstreamSettings withConnections(int perHost, int waiting, Duration timeout) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, perHost, waiting, timeout, expectTimeout, maxHeadBytes, dnsTtl, tls, reach, sockets, clients);
  }

  public UpstreamSettings withExpectTimeout(Duration timeout) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, timeout, maxHeadBytes, dnsTtl, tls, reach, sockets, clients);
  }

  public UpstreamSettings withMaxHeadBytes(int bytes) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, bytes, dnsTtl, tls, reach, sockets, clients);
  }

  public UpstreamSettings withTls(ClientTls client) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, client, reach,
        sockets, clients);
  }

  public UpstreamSettings withReach(Reach how) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls, how, sockets,
        clients);
  }

  public UpstreamSettings withIdleInAll(int most) {
    return new UpstreamSettings(
        idlePerHost, most, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls, reach,
        sockets, clients);
  }

  public UpstreamSettings withSockets(Sockets opened) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls, reach,
        opened, clients);
  }

  public UpstreamSettings withClients(Map<String, UpstreamSettings> byName) {
    return new UpstreamSettings(
        idlePerHost, idleInAll, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls, reach,
        sockets, Map.copyOf(byName));
  }
}
