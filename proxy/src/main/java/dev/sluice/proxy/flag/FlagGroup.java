package dev.sluice.proxy.flag;

import dev.sluice.proxy.flag.Flag.Kind;
import dev.sluice.proxy.flag.Flag.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Flags that belong together, in the order of their declaration. Filled by the class that declares them, then never changed.
public final class FlagGroup {
  private final String title;
  private final List<Flag<?>> flags = new ArrayList<>();

  FlagGroup(String title) {
    this.title = title;
  }

  /// Heads the group in `-help` and in the reference.
  public String title() {
    return title;
  }

  /// All of them, in the order of their declaration.
  public List<Flag<?>> flags() {
    return Collections.unmodifiableList(flags);
  }

  /// Declares flags that work.
  Rows built() {
    return new Rows(Status.BUILT, "");
  }

  /// Declares flags that are known but not built yet.
  Rows planned() {
    return new Rows(Status.PLANNED, "");
  }

  /// Declares flags that mean nothing here.
  Rows ignored(String why) {
    return new Rows(Status.IGNORED, why);
  }

  /// Declares flags that work but have a better one.
  Rows deprecated(String instead) {
    return new Rows(Status.DEPRECATED, instead);
  }

  /// Declares flags of one status.
  final class Rows {
    private final Status status;
    private final String note;

    private Rows(Status status, String note) {
      this.status = status;
      this.note = note;
    }

    Flag<Boolean> onOff(String name, boolean value, String summary) {
      return add(name, Kind.SWITCH, value, summary);
    }

    Flag<String> text(String name, String value, String summary) {
      return add(name, Kind.TEXT, value, summary);
    }

    Flag<Integer> integer(String name, int value, String summary) {
      return add(name, Kind.INTEGER, value, summary);
    }

    Flag<Long> number(String name, long value, String summary) {
      return add(name, Kind.LONG, value, summary);
    }

    Flag<Double> decimal(String name, double value, String summary) {
      return add(name, Kind.DECIMAL, value, summary);
    }

    Flag<Duration> seconds(String name, long value, String summary) {
      return add(name, Kind.DURATION, Duration.ofSeconds(value), summary);
    }

    Flag<Duration> millis(String name, long value, String summary) {
      return add(name, Kind.DURATION, Duration.ofMillis(value), summary);
    }

    Flag<Duration> bareMillis(String name, long value, String summary) {
      return add(name, Kind.MILLISECONDS, Duration.ofMillis(value), summary);
    }

    Flag<List<String>> list(String name, String summary) {
      return add(name, Kind.LIST, List.of(), summary);
    }

    Flag<List<String>> choices(String name, List<String> value, List<String> choices, String summary) {
      return add(name, Kind.CHOICES, value, summary, choices);
    }

    Flag<List<String>> repeated(String name, String summary) {
      return add(name, Kind.REPEATED, List.of(), summary);
    }

    Flag<List<String>> filters(String name, String summary) {
      return add(name, Kind.FILTERS, List.of(), summary);
    }

    Flag<List<String>> edits(String name, String summary) {
      return add(name, Kind.EDITS, List.of(), summary);
    }

    Flag<Map<String, String>> map(String name, List<String> keys, String summary) {
      return add(name, Kind.MAP, Map.of(), summary, keys);
    }

    Flag<List<Map<String, String>>> maps(String name, List<String> keys, String summary) {
      return add(name, Kind.MAPS, List.of(), summary, keys);
    }

    Flag<Map<String, Object>> yaml(String name, String summary) {
      return add(name, Kind.YAML, Map.of(), summary);
    }

    private <T> Flag<T> add(String name, Kind kind, T value, String summary) {
      return add(name, kind, value, summary, List.of());
    }

    private <T> Flag<T> add(String name, Kind kind, T value, String summary, List<String> choices) {
      var flag = new Flag<>(name, kind, value, summary, status, note, choices);
      flags.add(flag);
      return flag;
    }
  }
}
