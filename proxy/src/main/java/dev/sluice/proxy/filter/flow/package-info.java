/// Filters about time and load: delays, rate limits, queues, circuit breakers, retries, time-outs.
@NullMarked
package dev.sluice.proxy.filter.flow;

import org.jspecify.annotations.NullMarked;
