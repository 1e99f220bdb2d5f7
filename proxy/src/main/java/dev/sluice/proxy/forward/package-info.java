/// Calls of backends for an exchange: target, attempts, retry, tunnels.
@NullMarked
package dev.sluice.proxy.forward;

import org.jspecify.annotations.NullMarked;
