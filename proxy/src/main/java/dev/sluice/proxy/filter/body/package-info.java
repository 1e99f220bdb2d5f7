/// Filters that change bodies while they stream: each is a [BodyStep] with bounded memory.
@NullMarked
package dev.sluice.proxy.filter.body;

import org.jspecify.annotations.NullMarked;
