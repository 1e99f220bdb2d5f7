/// Filters that change the path, the query, or send the client elsewhere.
@NullMarked
package dev.sluice.proxy.filter.path;

import org.jspecify.annotations.NullMarked;
