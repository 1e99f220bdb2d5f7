/// What the gateway tells about itself: application log, access log, metrics. Nothing here blocks or formats on the request path.
///
/// Each event loop writes to memory of its own: a ring of [AccessRecord]s and its [LoopCounters]. One thread makes lines of the records
/// ([AccessLog]); whoever scrapes adds the counters up ([GatewayMetrics]) and writes them in one of two forms, each with names of its own:
///
/// | form | names | type |
/// | --- | --- | --- |
/// | Prometheus | `sluice_…`, and Skipper's `skipper_…` | [PrometheusText] |
/// | Codahale JSON | Skipper's | [CodahaleJson] |
@NullMarked
package dev.sluice.proxy.observe;

import org.jspecify.annotations.NullMarked;
