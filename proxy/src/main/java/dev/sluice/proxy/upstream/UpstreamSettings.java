package dev.sluice.proxy.upstream;

import dev.sluice.proxy.tls.ClientTls;
import dev.sluice.proxy.tls.TlsProtocol;
import java.time.Duration;
import java.util.List;

/// Settings of one loop's upstream. Times of zero mean no limit.
///
/// @param idlePerHost kept connections per backend address, from 0
/// @param idleTimeout longest time that a connection is kept
/// @param connectionsPerHost open connections per backend address; 0: no limit
/// @param waitingPerHost calls that may wait for a connection when that limit is reached; beyond it a call fails at once
/// @param waitTimeout longest such wait
/// @param expectTimeout longest time that a request body is held back for a 100 when the request expects one; then it is sent
/// @param maxHeadBytes longest response head
/// @param dnsTtl how long an answer of the resolver is used
/// @param tls for endpoints with the scheme `https`; shared by all loops
public record UpstreamSettings(
    int idlePerHost,
    Duration idleTimeout,
    int connectionsPerHost,
    int waitingPerHost,
    Duration waitTimeout,
    Duration expectTimeout,
    int maxHeadBytes,
    Duration dnsTtl,
    ClientTls tls) {
  /// 64 kept connections for 60 s, no limit of open ones, 1 MiB of head, names kept for 30 s.
  public static final UpstreamSettings DEFAULT =
      new UpstreamSettings(
          64, Duration.ofSeconds(60), 0, 1024, Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20, Duration.ofSeconds(30),
          ClientTls.verifying(List.of(), TlsProtocol.DEFAULT, Duration.ofSeconds(60)));

  /// The share of one of so many loops: at least one of what is not zero.
  public UpstreamSettings split(int loops) {
    return new UpstreamSettings(
        share(idlePerHost, loops), idleTimeout, share(connectionsPerHost, loops), share(waitingPerHost, loops), waitTimeout, expectTimeout,
        maxHeadBytes, dnsTtl, tls);
  }

  private static int share(int number, int loops) {
    return Math.ceilDiv(number, loops);
  }

  public UpstreamSettings withIdle(int perHost, Duration timeout) {
    return new UpstreamSettings(perHost, timeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, tls);
  }

  public UpstreamSettings withConnections(int perHost, int waiting, Duration timeout) {
    return new UpstreamSettings(idlePerHost, idleTimeout, perHost, waiting, timeout, expectTimeout, maxHeadBytes, dnsTtl, tls);
  }

  public UpstreamSettings withExpectTimeout(Duration timeout) {
    return new UpstreamSettings(
        idlePerHost, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, timeout, maxHeadBytes, dnsTtl, tls);
  }

  public UpstreamSettings withMaxHeadBytes(int bytes) {
    return new UpstreamSettings(
        idlePerHost, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, bytes, dnsTtl, tls);
  }

  public UpstreamSettings withTls(ClientTls client) {
    return new UpstreamSettings(
        idlePerHost, idleTimeout, connectionsPerHost, waitingPerHost, waitTimeout, expectTimeout, maxHeadBytes, dnsTtl, client);
  }
}
