/// Rate limits and queues as state machines with an injected clock; the filters that use them stand in `filter.flow`.
///
/// [SlidingWindow] is the one counter behind every rate limit. [ClientWindows] holds one for each client key, in bounded memory.
/// [WaitQueue] is the machine behind fifo and lifo: so many may run, so many may wait.
@NullMarked
package dev.sluice.proxy.limit;

import org.jspecify.annotations.NullMarked;
