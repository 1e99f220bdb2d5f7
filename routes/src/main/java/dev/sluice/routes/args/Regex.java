package dev.sluice.routes.args;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;
import org.jspecify.annotations.Nullable;

/// A regular expression with the syntax and meaning of Go's `regexp` (RE2, linear time). Matches anywhere unless the pattern is anchored; `$` is
/// the very end. What only Java knows (look-around, back references, possessive quantifiers) is refused. Patterns made of literals need
/// no engine. Thread-safe; equal when the pattern is.
public final class Regex {
  public static final ArgType<Regex> ARGUMENT = ArgType.ofText("a regular expression", Regex::of);

  private final String pattern;
  private final @Nullable LiteralShape literals;
  private volatile @Nullable Pattern compiled;

  private Regex(String pattern, @Nullable LiteralShape literals, @Nullable Pattern compiled) {
    this.pattern = pattern;
    this.literals = literals;
    this.compiled = compiled;
  }

  /// @throws ArgumentProblem when the pattern is not valid
  public static Regex of(String pattern) {
    LiteralShape literals = LiteralShape.of(pattern);
    return new Regex(pattern, literals, literals == null ? compile(pattern) : null);
  }

  private static Pattern compile(String pattern) {
    RegexLimits.check(pattern);
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      String piece = e.getPattern() == null ? "" : e.getPattern();
      boolean closed = piece.equals("stack underflow"); // RE2/J's word for it
      String why = closed ? "unexpected )" : e.getDescription();
      String where = piece.isEmpty() || closed ? "" : " in \"" + piece + "\"";
      throw new ArgumentProblem("is no regular expression: " + why + where);
    }
  }

  /// True when the pattern matches somewhere in the text.
  public boolean find(String text) {
    return literals != null ? literals.matches(text) : compiled().matcher(text).find();
  }

  /// What the pattern means when it is made of literals alone, else null.
  public @Nullable LiteralShape literals() {
    return literals;
  }

  /// The engine's form, for work on bytes.
  public Pattern compiled() {
    Pattern known = compiled;
    if (known == null) {
      known = compile(pattern);
      compiled = known; // made twice by two threads at worst
    }
    return known;
  }

  /// The text with each match replaced as Go's `ReplaceAllString` does.
  ///
  /// @param replacement `$1`, `${1}`, `$name` and `${name}` are groups (`$1x` is a group named `1x`), `$$` is a dollar
  public String replaceAll(String text, String replacement) {
    if (literals != null && !literals.matches(text)) {
      return text;
    }
    Matcher matcher = compiled().matcher(text);
    var result = new StringBuilder(text.length() + 16);
    int copied = 0;
    while (matcher.find()) {
      if (matcher.end() > copied || matcher.start() == 0) { // no empty match directly behind another match
        result.append(text, copied, matcher.start());
        Expansion.append(result, replacement, matcher);
        copied = matcher.end();
      }
    }
    return result.append(text, copied, text.length()).toString();
  }

  /// As written.
  @Override
  public String toString() {
    return pattern;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Regex regex && regex.pattern.equals(pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }
}
