/// One request with its response on its way through the gateway: what filters see of it, over Jetty's own objects.
///
/// Nothing is copied twice: request header lines are gathered once into the set that goes to the backend, response header lines go straight
/// into Jetty's response.
@NullMarked
package dev.sluice.proxy.exchange;

import org.jspecify.annotations.NullMarked;
