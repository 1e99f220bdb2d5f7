/// Types of arguments: what a string or number in a route means once it was read.
///
/// Each type refuses bad values when it is made ([dev.sluice.routes.spi.ArgumentProblem], worded to stand behind the parameter's name), so
/// nothing is validated while requests run. A type offers its reader as `ARGUMENT`; a new type is a new file here or in an extension.
@NullMarked
package dev.sluice.routes.args;

import org.jspecify.annotations.NullMarked;
