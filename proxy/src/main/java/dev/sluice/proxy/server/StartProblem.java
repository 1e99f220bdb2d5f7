package dev.sluice.proxy.server;

/// Why a gateway does not start. The message is for the person who started it.
public final class StartProblem extends Exception {
  private static final long serialVersionUID = 1L;

  public StartProblem(String message) {
    super(message);
  }
}
