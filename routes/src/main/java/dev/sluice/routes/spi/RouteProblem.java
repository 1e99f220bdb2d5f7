package dev.sluice.routes.spi;

/// Why a route cannot run. The message is for the person who wrote the route: lower-case start, no full stop.
public class RouteProblem extends Exception {
  private static final long serialVersionUID = 1L;

  public RouteProblem(String message) {
    super(message);
  }

  public RouteProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
