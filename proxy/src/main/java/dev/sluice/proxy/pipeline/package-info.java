/// What happens to an exchange, step by step.
///
/// ```
/// Pipeline.begin      look-up in the table            none: 404
///   FilterDriver      request phase, in order         a filter that waits: on a virtual thread to the end of the phase
///   Dispatcher        by the route's backend          shunt, loopback (look-up again), forward.BackendCall
///   FilterDriver      response phase, reversed        innermost look-up first
///   ResponseWriter    head and body to the client     by demand
///   Pipeline.end      hooks, log line, metrics        once
/// ```
///
/// Everything but filters that wait runs on the exchange's event loop.
@NullMarked
package dev.sluice.proxy.pipeline;

import org.jspecify.annotations.NullMarked;
