package dev.sluice.proxy.pipeline;

import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.Failure;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/// What a broken request body means for the exchange.
public final class BodyFailures {
  private BodyFailures() {}

  /// @param why a failure of the client's side of the body
  public static Failure of(Throwable why) {
    for (Throwable t = why; t != null; t = t.getCause()) {
      if (t instanceof BodyProblem problem) {
        return new Failure(byStatus(problem.status()), problem.getMessage());
      }
      if (t instanceof TimeoutException) {
        return new Failure(Failure.Kind.REQUEST_TIMEOUT, t.getMessage());
      }
      if (t instanceof HttpException bad) {
        return new Failure(byStatus(bad.getCode()), bad.getReason());
      }
    }
    return new Failure(Failure.Kind.CLIENT_GONE, why.getMessage());
  }

  private static Failure.Kind byStatus(int status) {
    return switch (status) {
      case 413 -> Failure.Kind.BODY_TOO_LARGE;
      case 408 -> Failure.Kind.REQUEST_TIMEOUT;
      case 499 -> Failure.Kind.CLIENT_GONE;
      case 502 -> Failure.Kind.BODY_STEP;
      default -> status >= 500 ? Failure.Kind.FILTER : Failure.Kind.BAD_REQUEST;
    };
  }
}
