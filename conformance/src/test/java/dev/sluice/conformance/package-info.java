/// Runs the recorded cases (`conformance/cases`) against the gateway and the route tool, inside this process.
///
/// [ConformanceTest] is the way in. One case is one [CaseRun]: it starts [Backend]s, services and the gateway on the ports of a
/// [PortBase], sends what the case says with a [CaseClient] and returns what was seen; [Comparison] compares that with what
/// the case expects. [Lanes] runs many cases side by side. [NotYetList] names the cases that are known to fail,
/// [Overlay] holds those where Sluice differs from the recordings on purpose, [CompatibilityPage] makes a page of them.
@NullMarked
package dev.sluice.conformance;

import org.jspecify.annotations.NullMarked;
