/// Filters about the access log and notes for other filters.
@NullMarked
package dev.sluice.proxy.filter.log;

import org.jspecify.annotations.NullMarked;
