/// The gateway's listeners on Jetty: event loops, connectors, the entry for requests, the admin listener.
@NullMarked
package dev.sluice.proxy.server;

import org.jspecify.annotations.NullMarked;
