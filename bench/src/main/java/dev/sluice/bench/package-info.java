/// Measurements: the comparison with other proxies (`bench/compare`), and JMH benchmarks of single pieces. Never shipped.
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
