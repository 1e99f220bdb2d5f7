/// Routes in etcd, by its keys API of version 2, as Skipper keeps them: the directory `PREFIX/routes` has a key for each route, whose last part is
/// the id and whose value is the route.
///
/// The gateway reads the directory and watches it; the route tool reads and writes it.
@NullMarked
package dev.sluice.extensions.etcd;

import org.jspecify.annotations.NullMarked;
