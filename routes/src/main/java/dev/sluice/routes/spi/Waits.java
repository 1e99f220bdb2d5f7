package dev.sluice.routes.spi;

/// In which phases a filter may block its thread. Those phases run on a virtual thread; all others in place on the event loop.
public enum Waits {
  NEVER,
  REQUEST,
  RESPONSE,
  BOTH;

  public boolean inRequest() {
    return this == REQUEST || this == BOTH;
  }

  public boolean inResponse() {
    return this == RESPONSE || this == BOTH;
  }
}
