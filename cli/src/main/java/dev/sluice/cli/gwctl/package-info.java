/// The commands of `gwctl`, one class each, listed in [dev.sluice.cli.gwctl.Gwctl].
///
/// picocli's model is built by code, not from annotations: that is what keeps a cold start short. Standard output carries the result
/// alone; findings, the summary and usage messages go to standard error, unless a machine format was asked for.
@NullMarked
package dev.sluice.cli.gwctl;

import org.jspecify.annotations.NullMarked;
