package dev.sluice.routes.predicate;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.declare.Parameter;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/// A moment as the predicates of time take it: a number of seconds since 1970, or a text.
///
/// @param text empty for a number
/// @param seconds of a number, its fraction cut off
public record TimePoint(String text, long seconds) {
  public static final ArgType<TimePoint> ARGUMENT = new ArgType<>() {
    @Override
    public String expected() {
      return "a time such as \"2030-01-31T12:00:00Z\", or a number of seconds since 1970";
    }

    @Override
    public String label() {
      return "time";
    }

    @Override
    public TimePoint read(LiteralNode literal, Parameter parameter) {
      return switch (literal) {
        case LiteralNode.Number number -> new TimePoint("", (long) number.value());
        case LiteralNode.Text text -> new TimePoint(text.value(), 0);
      };
    }
  };

  private static final String LOCAL = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?";
  private static final Pattern WITHOUT_OFFSET = Pattern.compile(LOCAL);
  private static final Pattern WITH_OFFSET = Pattern.compile(LOCAL + "(Z|[+-][0-9]{2}:[0-9]{2})");

  /// @param location name of a time zone; with it the text has no offset
  /// @param argument index of this argument, for the problem
  /// @throws ArgumentProblem when the text is no time of that form, or the zone is not known
  public Instant at(Optional<String> location, int argument) {
    if (text.isEmpty()) {
      if (location.isPresent()) {
        throw new ArgumentProblem(argument, "a number of seconds takes no time zone");
      }
      return Instant.ofEpochSecond(seconds);
    }
    boolean local = location.isPresent();
    if (!(local ? WITHOUT_OFFSET : WITH_OFFSET).matcher(text).matches()) {
      throw problem(argument, local);
    }
    try {
      return local
          ? LocalDateTime.parse(text).atZone(zone(location.get())).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw problem(argument, local);
    }
  }

  private ArgumentProblem problem(int argument, boolean local) {
    String form = local
        ? "2030-01-31T12:00:00 (the time zone says the offset)"
        : "2030-01-31T12:00:00Z or 2030-01-31T12:00:00+01:00";
    return new ArgumentProblem(argument, "\"" + text + "\" is no time of the form " + form);
  }

  private static ZoneId zone(String name) {
    return switch (name) {
      case "", "UTC" -> ZoneOffset.UTC;
      case "Local" -> ZoneId.systemDefault();
      default -> {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
          throw new ArgumentProblem("unknown time zone \"" + name + "\"; write a name such as \"Europe/Berlin\"");
        }
        yield ZoneId.of(name);
      }
    };
  }
}
