package dev.sluice.proxy.server;

import dev.sluice.proxy.tls.ServerTls;
import java.net.InetSocketAddress;

/// An address that speaks TLS.
public record TlsListener(InetSocketAddress address, ServerTls server) {}
