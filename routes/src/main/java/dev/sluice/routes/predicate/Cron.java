package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Minute (0–59), hour (0–23), day of the month (1–31), month (1–12), day of the week (0–6, 0 is Sunday), in the time zone of the
/// process. Each is `*` or a list of numbers and ranges with commas; there are no steps and no names. All five must fit, also the
/// day of the month *and* the day of the week.
@Declaration(
    name = "Cron",
    summary = "Matches in the minutes that a mask of five fields allows",
    examples = @Example("""
        work: Cron("* 7-18 * * 1-5") -> inlineContent("open") -> <shunt>;"""))
public record Cron(@Arg("Minute, hour, day of the month, month, day of the week") String mask) implements PredicateSpec {
  private static final int[] LOWEST = {0, 0, 1, 1, 0};
  private static final int[] HIGHEST = {59, 23, 31, 12, 6};

  public Cron {
    fields(mask);
  }

  @Override
  public RoutePredicate create(Services services) {
    InstantSource clock = services.clock();
    long[] fields = fields(mask);
    ZoneId zone = ZoneId.systemDefault();
    return request -> {
      ZonedDateTime now = clock.instant().atZone(zone);
      return (fields[0] >> now.getMinute() & fields[1] >> now.getHour() & fields[2] >> now.getDayOfMonth()
          & fields[3] >> now.getMonthValue() & fields[4] >> now.getDayOfWeek().getValue() % 7 & 1) != 0;
    };
  }

  /// A bit for each number that a field allows.
  private static long[] fields(String mask) {
    String[] texts = mask.strip().split("\\s+");
    if (texts.length != LOWEST.length) {
      throw new ArgumentProblem(0, "a mask has five fields, but \"" + mask + "\" has " + (mask.isBlank() ? 0 : texts.length));
    }
    long[] fields = new long[LOWEST.length];
    for (int i = 0; i < fields.length; i++) {
      if (texts[i].equals("*")) {
        fields[i] = -1;
        continue;
      }
      for (String item : texts[i].split(",", -1)) {
        int dash = item.indexOf('-');
        int from = number(dash < 0 ? item : item.substring(0, dash), i);
        int to = dash < 0 ? from : number(item.substring(dash + 1), i);
        for (int n = from; n <= to; n++) {
          fields[i] |= 1L << n;
        }
      }
    }
    return fields;
  }

  private static int number(String text, int field) {
    boolean digits = !text.isEmpty() && text.length() < 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = digits ? Integer.parseInt(text) : -1;
    if (value < LOWEST[field] || value > HIGHEST[field]) {
      throw new ArgumentProblem(0, "\"" + text + "\" is no number from " + LOWEST[field] + " to " + HIGHEST[field]
          + ", which field " + (field + 1) + " takes");
    }
    return value;
  }
}
