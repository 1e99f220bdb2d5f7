package dev.sluice.proxy.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// An application log as SLF4J's logger, for code that knows only that.
final class Slf4jBridge extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient ApplicationLog log;

  Slf4jBridge(ApplicationLog log) {
    this.log = log;
    this.name = "sluice";
  }

  @Override
  protected void handleNormalizedLoggingCall(Level level, @Nullable Marker marker, String message, Object @Nullable [] arguments,
      @Nullable Throwable why) {
    String text = MessageFormatter.basicArrayFormat(message, arguments);
    switch (level) {
      case TRACE, DEBUG -> log.debug(text);
      case INFO -> log.info(text);
      case WARN -> log.warn(text);
      case ERROR -> {
        if (why == null) {
          log.error(text);
        } else {
          log.error(text + ": " + why, why);
        }
      }
    }
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return Slf4jBridge.class.getName();
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isOn(ApplicationLog.Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isOn(ApplicationLog.Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return log.isOn(ApplicationLog.Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }
}
