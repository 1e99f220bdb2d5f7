/// Calls to backends. [Upstream] is the one interface; its implementations are held by the same tests.
@NullMarked
package dev.sluice.proxy.upstream;

import org.jspecify.annotations.NullMarked;
