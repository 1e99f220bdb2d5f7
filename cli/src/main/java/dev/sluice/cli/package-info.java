/// The two commands: `gateway` runs routes, `gwctl` works on route files.
///
/// Both are plain functions of their arguments and their [dev.sluice.cli.Surroundings], so that tests run several of
/// them in one process. `main` adds nothing but the process's own surroundings and the exit status.
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
