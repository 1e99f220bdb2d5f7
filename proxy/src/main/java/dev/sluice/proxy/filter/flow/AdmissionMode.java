package dev.sluice.proxy.filter.flow;

/// What admissionControl does when it would refuse.
public enum AdmissionMode {
  ACTIVE("active"),
  INACTIVE("inactive"),
  LOG_INACTIVE("logInactive");

  private final String word;

  AdmissionMode(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
