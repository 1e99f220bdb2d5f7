package dev.sluice.proxy.tls;

/// Why certificates or keys cannot be used. The message names the file and is for the person who gave it; it never shows what a key file holds.
public final class TlsProblem extends Exception {
  private static final long serialVersionUID = 1L;

  TlsProblem(String message) {
    super(message);
  }
}
