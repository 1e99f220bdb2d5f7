package dev.sluice.extensions.etcd;

import java.io.IOException;

/// Why etcd does not do what it was asked for.
final class EtcdFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  private EtcdFailure(boolean refused, String message) {
    super(message);
    this.refused = refused;
  }

  /// A member could not be asked, or its answer is of no use; another may do better.
  static EtcdFailure unusable(String message) {
    return new EtcdFailure(false, message);
  }

  /// Every member would say the same.
  static EtcdFailure refused(String message) {
    return new EtcdFailure(true, message);
  }

  boolean isRefused() {
    return refused;
  }
}
