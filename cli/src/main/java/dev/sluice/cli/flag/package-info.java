/// Flags as users type them: the command line by Go's rules, the YAML file, and the text of `-help`.
///
/// The flags themselves are declared in [dev.sluice.proxy.flag]. The command line is read by [FlagParser] rather than by picocli, because
/// Go's rules are part of what existing start scripts rely on (`-x v`, `-x=v`, `--x`, a switch never takes the next argument, a value may
/// begin with a dash), and because a picocli model of 300 flags costs a cold start 0.1 s.
@NullMarked
package dev.sluice.cli.flag;

import org.jspecify.annotations.NullMarked;
