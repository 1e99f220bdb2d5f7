/// Filters that choose and describe the backend call.
@NullMarked
package dev.sluice.proxy.filter.backend;

import org.jspecify.annotations.NullMarked;
