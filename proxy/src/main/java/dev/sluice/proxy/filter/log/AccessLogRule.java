package dev.sluice.proxy.filter.log;

import dev.sluice.routes.spi.Key;
import java.util.List;

/// What the last access log filter of an exchange said.
///
/// @param log whether matching statuses are logged (others are not), or not (others are)
/// @param statuses prefixes: 4 for 400 to 499, 30 for 300 to 309, else exact; none: every status
public record AccessLogRule(boolean log, List<Integer> statuses) {
  public static final Key<AccessLogRule> KEY = Key.of("statebag:access_log:proxy:enabled", AccessLogRule.class);

  public AccessLogRule {
    statuses = List.copyOf(statuses);
  }

  /// Whether an exchange that ended with this status is logged.
  public boolean logs(int status) {
    return statuses.isEmpty() || statuses.stream().anyMatch(prefix -> matches(prefix, status)) ? log : !log;
  }

  private static boolean matches(int prefix, int status) {
    return prefix < 10 ? prefix == status / 100 : prefix < 100 ? prefix == status / 10 : prefix == status;
  }
}
