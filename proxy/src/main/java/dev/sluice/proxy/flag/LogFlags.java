package dev.sluice.proxy.flag;

import java.util.List;

/// The application log and the access log.
public final class LogFlags {
  static final FlagGroup GROUP = new FlagGroup("Logs");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<String> APPLICATION_LOG =
      BUILT.text("application-log", "", "file of the application log; empty: standard error");
  public static final Flag<String> APPLICATION_LOG_LEVEL =
      BUILT.text("application-log-level", "INFO", "PANIC, FATAL, ERROR, WARN, INFO, DEBUG or TRACE");
  public static final Flag<String> APPLICATION_LOG_PREFIX =
      BUILT.text("application-log-prefix", "[APP]", "start of each line of the application log");
  public static final Flag<Boolean> APPLICATION_LOG_JSON_ENABLED =
      BUILT.onOff("application-log-json-enabled", false, "write the application log as JSON");
  public static final Flag<String> ACCESS_LOG =
      BUILT.text("access-log", "", "file of the access log; empty: standard error");
  public static final Flag<Boolean> ACCESS_LOG_DISABLED =
      BUILT.onOff("access-log-disabled", false, "write no access log, except for routes that ask for it");
  public static final Flag<Boolean> ACCESS_LOG_JSON_ENABLED =
      BUILT.onOff("access-log-json-enabled", false, "write the access log as JSON");
  public static final Flag<Boolean> ACCESS_LOG_STRIP_QUERY =
      BUILT.onOff("access-log-strip-query", false, "leave queries out of the access log");
  public static final Flag<String> ACCESS_LOG_FORMAT =
      BUILT.text("access-log-format", "", "text of a line of the access log, with placeholders; empty: Apache combined");
  public static final Flag<List<String>> LOG_MASK =
      BUILT.repeated("log-mask", "field=drop, field=sha256 or field=TEXT: what is written of a field of the logs");
  public static final Flag<String> LOG_ROTATION =
      PLANNED.text("log-rotation", "", "rotation of log files: size=1GiB,cron=0 0 * * *,backups=10,age=168h,compress=true,…");

  private LogFlags() {}
}
