package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.forward.RetryBudget;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.LoopCounters;
import dev.sluice.proxy.upstream.Upstream;

/// What belongs to one event loop and is used on it only.
public record LoopContext(EventLoop loop, Upstream upstream, RetryBudget budget, LoopCounters counters) {}
