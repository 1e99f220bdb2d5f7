/// What the gateway tells about itself: application log, access log, metrics. Nothing here blocks or formats on the request path.
@NullMarked
package dev.sluice.proxy.observe;

import org.jspecify.annotations.NullMarked;
