/// Event loops: each one Jetty selector with one thread that owns inbound and upstream connections.
///
/// Whatever belongs to one exchange runs on one loop, in place. The tricks that make this cheap on Jetty (a trampoline, kept read interest,
/// reading ahead) are each behind a switch and guarded by a test.
@NullMarked
package dev.sluice.proxy.loop;

import org.jspecify.annotations.NullMarked;
