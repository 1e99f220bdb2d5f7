package dev.sluice.routes.spi;

/// A body that cannot be read or changed. Before the head was sent the client gets `status`, afterwards the connection is cut.
public class BodyProblem extends Exception {
  private static final long serialVersionUID = 1L;
  private final int status;

  public BodyProblem(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
