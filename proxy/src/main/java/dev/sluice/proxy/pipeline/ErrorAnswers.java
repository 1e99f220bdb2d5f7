package dev.sluice.proxy.pipeline;

import dev.sluice.routes.spi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/// Answers that the gateway makes itself: the status text as the body, as in Skipper.
public final class ErrorAnswers {
  private static final Answer.Header TYPE = new Answer.Header("Content-Type", "text/plain; charset=utf-8");
  private static final Answer.Header NOSNIFF = new Answer.Header("X-Content-Type-Options", "nosniff");
  private static final Answer[] BY_STATUS = new Answer[600];

  static {
    for (int status = 200; status < 600; status++) {
      BY_STATUS[status] = make(status);
    }
  }

  private ErrorAnswers() {}

  /// @param status from 200 to 599
  public static Answer of(int status) {
    return BY_STATUS[status];
  }

  private static Answer make(int status) {
    byte[] body = (text(status) + "\n").getBytes(StandardCharsets.US_ASCII);
    return new Answer(status, List.of(TYPE, NOSNIFF), body);
  }

  /// The texts that Skipper's users see, where they differ from Jetty's.
  private static String text(int status) {
    return switch (status) {
      case 413 -> "Request Entity Too Large";
      case 414 -> "Request URI Too Long";
      case 416 -> "Requested Range Not Satisfiable";
      case 418 -> "I'm a teapot";
      case 451 -> "Unavailable For Legal Reasons";
      case 499 -> "";
      case 500 -> "Internal Server Error";
      default -> {
        HttpStatus.Code code = HttpStatus.getCode(status);
        yield code == null ? "" : code.getMessage();
      }
    };
  }
}
