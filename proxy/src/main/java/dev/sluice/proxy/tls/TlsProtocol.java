package dev.sluice.proxy.tls;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Versions and cipher suites.
///
/// @param minVersion lowest version
/// @param maxVersion highest version
/// @param strictSuites forward-secret, authenticated suites only
public record TlsProtocol(Version minVersion, Version maxVersion, boolean strictSuites) {
  /// With no highest version.
  public TlsProtocol(Version minVersion, boolean strictSuites) {
    this(minVersion, Version.TLS_1_3, strictSuites);
  }

  /// TLS 1.2 and the JDK's suites.
  public static final TlsProtocol DEFAULT = new TlsProtocol(Version.TLS_1_2, false);

  /// Versions of TLS. The JDK's security properties may forbid the first two.
  public enum Version {
    TLS_1_0("TLSv1"),
    TLS_1_1("TLSv1.1"),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String jdkName;

    Version(String jdkName) {
      this.jdkName = jdkName;
    }

    /// @param text `1.2` or `12`
    /// @return null when it is no version
    public static @Nullable Version of(String text) {
      return switch (text) {
        case "1.0", "10" -> TLS_1_0;
        case "1.1", "11" -> TLS_1_1;
        case "1.2", "12" -> TLS_1_2;
        case "1.3", "13" -> TLS_1_3;
        default -> null;
      };
    }
  }

  void applyTo(SSLEngine engine) {
    engine.setEnabledProtocols(
        Arrays.stream(Version.values())
            .filter(version -> version.compareTo(minVersion) >= 0 && version.compareTo(maxVersion) <= 0)
            .map(version -> version.jdkName)
            .toArray(String[]::new));
    if (strictSuites) {
      engine.setEnabledCipherSuites(Arrays.stream(engine.getEnabledCipherSuites()).filter(TlsProtocol::strict).toArray(String[]::new));
    }
  }

  private static boolean strict(String suite) {
    boolean forwardSecret = suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_DHE_") || !suite.contains("_WITH_");
    return forwardSecret && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
  }

  static SSLContext context(@Nullable TlsKeys keys, List<? extends TrustManager> trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? new KeyManager[0] : new KeyManager[] {keys}, trust.isEmpty() ? null : trust.toArray(TrustManager[]::new), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }
}
