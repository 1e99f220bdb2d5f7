/// Route definitions: the checked, typed form of routes, not yet running.
@NullMarked
package dev.sluice.routes.model;

import org.jspecify.annotations.NullMarked;
