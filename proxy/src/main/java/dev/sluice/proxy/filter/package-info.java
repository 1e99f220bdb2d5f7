/// The built-in filters, one record per file, in packages by what they are about; [BuiltinFilters] is the list.
@NullMarked
package dev.sluice.proxy.filter;

import org.jspecify.annotations.NullMarked;
