/// Filters that add and remove cookies.
@NullMarked
package dev.sluice.proxy.filter.cookie;

import org.jspecify.annotations.NullMarked;
