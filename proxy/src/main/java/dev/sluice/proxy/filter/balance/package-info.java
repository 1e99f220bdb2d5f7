/// Filters that say how endpoints are balanced.
@NullMarked
package dev.sluice.proxy.filter.balance;

import org.jspecify.annotations.NullMarked;
