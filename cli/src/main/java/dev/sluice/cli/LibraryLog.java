package dev.sluice.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;

/// What libraries have to say, from warnings on, goes to standard error, one line each. Sluice's own lines go through the log of each
/// gateway instead. Found by Logback through its service file; no XML is read, which a start would pay for.
public final class LibraryLog extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var line = new Line();
    line.setContext(context);
    line.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(line);
    encoder.start();
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    // A component that does not start is reported by whoever started it, in words for people.
    context.getLogger("org.eclipse.jetty.util.component").setLevel(Level.OFF);
    // What clients send is in the access log: a client must not be able to fill this one.
    context.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.OFF);
    context.getLogger("org.eclipse.jetty.http.HttpParser").setLevel(Level.OFF);
    // Exchanges that fail are in the gateway's own log; clients that leave are no warning.
    context.getLogger("org.eclipse.jetty.server.Response").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static final class Line extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
      var why = event.getThrowableProxy();
      return event.getLevel().toString().toLowerCase(Locale.ROOT) + ": " + event.getFormattedMessage()
          + (why == null ? "" : ": " + why.getClassName() + ": " + why.getMessage())
          + " (" + event.getLoggerName() + ")" + System.lineSeparator();
    }
  }
}
