/// The route table: immutable, built whole, switched by one reference.
@NullMarked
package dev.sluice.routes.table;

import org.jspecify.annotations.NullMarked;
