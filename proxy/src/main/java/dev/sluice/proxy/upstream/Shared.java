package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.Scheduler;

/// What all pools and connections of one loop use that have the same settings.
///
/// @param timers for Jetty's own sessions
/// @param settings for this loop alone
/// @param kept of the loop, whatever their settings
/// @param connections open ones of the loop, and those being opened
record Shared(
    EventLoop loop,
    Dialer dialer,
    Resolver resolver,
    ByteBufferPool buffers,
    Scheduler timers,
    UpstreamSettings settings,
    Tricks tricks,
    RequestHead head,
    KeptConnections kept,
    AtomicInteger connections) {}
