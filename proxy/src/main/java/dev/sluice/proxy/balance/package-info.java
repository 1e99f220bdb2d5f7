/// Which endpoint of a balanced backend a request goes to. One algorithm, one file, declared like filters.
@NullMarked
package dev.sluice.proxy.balance;

import org.jspecify.annotations.NullMarked;
