/// Circuit breakers: they keep a failing backend from being called.
///
/// Closed, a breaker lets every call pass and counts failures: so many in a row ([ConsecutiveFailures]), or so many among the last calls
/// ([FailureRate]). Then it opens and refuses for its timeout; after that it is half open and lets a few calls through as trials: that many
/// successes close it, one failure opens it again.
///
/// [BreakerRegistry] finds the breaker of a host: settings of a filter are completed by those of `-breaker` for the host, else by those for all
/// hosts. A breaker belongs to its complete settings and the outgoing Host, whatever the route.
@NullMarked
package dev.sluice.proxy.breaker;

import org.jspecify.annotations.NullMarked;
