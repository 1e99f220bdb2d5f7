/// Calls to backends. [Upstream] is the one interface; its implementations are held by the same tests.
///
/// ```
/// LoopUpstream ─┬─ DirectUpstream  ── HostPool  ── DirectConnection   HTTP/1.1
///  by scheme    ├─ Http2Upstream   ── Http2Host ── Http2Connection    HTTP/2, a StreamCarrier for each call
///  and client   └─ FastCgiUpstream ── HostPool  ── FastCgiConnection
///                        all by HostDial: name, addresses in turn or a Unix socket, a proxy's tunnel, TLS with ALPN
/// ```
///
/// A call is an [UpstreamCall], whatever carries it. All of it lives on one loop; nothing but the [Resolver] is shared with others.
@NullMarked
package dev.sluice.proxy.upstream;

import org.jspecify.annotations.NullMarked;
