package dev.sluice.cli;

import org.jspecify.annotations.Nullable;

/// Which version this is.
public final class Version {
  private Version() {}

  /// `gwctl version 0.1.0 (runtime: 25.0.1+8)`.
  public static String line(String command) {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return command + " version " + (version == null ? "development" : version) + " (runtime: " + Runtime.version() + ")";
  }
}
