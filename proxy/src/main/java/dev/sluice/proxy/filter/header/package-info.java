/// Filters that set, add, remove, copy and rewrite headers.
@NullMarked
package dev.sluice.proxy.filter.header;

import org.jspecify.annotations.NullMarked;
