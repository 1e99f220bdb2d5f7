/// Filters that answer a request or change what an answer says.
@NullMarked
package dev.sluice.proxy.filter.content;

import org.jspecify.annotations.NullMarked;
