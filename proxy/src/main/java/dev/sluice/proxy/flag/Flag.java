package dev.sluice.proxy.flag;

import java.util.List;

/// One flag of the gateway.
///
/// @param name without the dash; also the key in the configuration file
/// @param kind how its value is written, and the type of `T`
/// @param defaultValue what holds when nothing is said
/// @param summary what it does, lower-case start, no full stop; doubles as the line of `-help`
/// @param status whether it does anything
/// @param note for [Status#IGNORED] and [Status#DEPRECATED]: why, or what to use instead; else empty
/// @param choices the accepted values or keys where they are a closed set; else empty
public record Flag<T>(
    String name, Kind kind, T defaultValue, String summary, Status status, String note, List<String> choices) {
  public Flag {
    choices = List.copyOf(choices);
  }

  /// How a value is written.
  public enum Kind {
    /// `Boolean`; the value may be left out.
    SWITCH,
    /// `String`
    TEXT,
    /// `Integer`
    INTEGER,
    /// `Long`
    LONG,
    /// `Double`
    DECIMAL,
    /// `Duration`, written as `1m30s`; a bare number is refused.
    DURATION,
    /// `Duration`, written as a whole number of milliseconds.
    MILLISECONDS,
    /// `List<String>`, separated by commas; the last use counts.
    LIST,
    /// `List<String>` of which each is one of the choices.
    CHOICES,
    /// `List<String>`, one for each use.
    REPEATED,
    /// `List<String>`: filter chains in the route language, one for each use.
    FILTERS,
    /// `List<String>`: `/regexp/replacement/`, one for each use.
    EDITS,
    /// `Map<String, String>`: `key=value,…`; the last use counts.
    MAP,
    /// `List<Map<String, String>>`: `key=value,…` with the keys among the choices, one map for each use.
    MAPS,
    /// `Map<String, Object>`: a YAML mapping.
    YAML
  }

  /// Whether a flag does anything.
  public enum Status {
    /// It works.
    BUILT,
    /// Known, and not built yet: using it warns.
    PLANNED,
    /// Accepted for the sake of existing command lines; means nothing here: using it warns.
    IGNORED,
    /// Works, and there is a better one: using it warns.
    DEPRECATED
  }

  /// How often it may be given, every use adding to the value.
  public boolean repeatable() {
    return switch (kind) {
      case REPEATED, FILTERS, EDITS, MAPS -> true;
      case SWITCH, TEXT, INTEGER, LONG, DECIMAL, DURATION, MILLISECONDS, LIST, CHOICES, MAP, YAML -> false;
    };
  }
}
