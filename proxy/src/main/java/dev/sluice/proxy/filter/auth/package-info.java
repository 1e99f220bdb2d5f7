/// Filters that ask who a client is and whether it may pass.
@NullMarked
package dev.sluice.proxy.filter.auth;

import org.jspecify.annotations.NullMarked;
