package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.BodyStep;
import org.jspecify.annotations.Nullable;

/// Content encodings that can be packed and unpacked here.
enum Encoding {
  GZIP("gzip"),
  DEFLATE("deflate");

  private final String token;

  Encoding(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }

  static @Nullable Encoding of(String name) {
    for (Encoding encoding : values()) {
      if (encoding.token.equals(name)) {
        return encoding;
      }
    }
    return null;
  }

  BodyStep packing(int level) {
    return new PackStep(this == GZIP, level);
  }

  BodyStep unpacking() {
    return new UnpackStep(this == GZIP);
  }
}
