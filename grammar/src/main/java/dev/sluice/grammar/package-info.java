/// Text to syntax tree and back.
///
/// The way in is [RouteParser]: bytes of a route file become a [SyntaxFile] of records with spans, plus [Diagnostic]s. The way out is
/// [RoutePrinter]. Nothing here knows what a filter or a predicate does; the few predicate names that the language itself treats
/// specially (print order, `/…/` forms, errors that refuse the whole document) stand in one table, [LanguagePredicate].
///
/// Everything is byte based, as in the language's original: a [Span] counts bytes. Strings are decoded as UTF-8; a byte that is not
/// valid there is carried as the lone surrogate `U+DC00 + byte`, so that printing gives the same bytes again.
@NullMarked
package dev.sluice.grammar;

import org.jspecify.annotations.NullMarked;
