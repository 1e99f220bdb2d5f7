package dev.sluice.proxy.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Versions and cipher suites.
///
/// @param minVersion lowest version
/// @param maxVersion highest version
/// @param strictSuites forward-secret, authenticated suites only
/// @param suites the allowed ones by their names; when none of TLS 1.3 is named all of these are allowed, and likewise with the older ones
/// @param groups the JDK's names of the key exchange's groups, the preferred first; empty: the JDK's
public record TlsProtocol(Version minVersion, Version maxVersion, boolean strictSuites, List<String> suites, List<String> groups) {
  private static final Map<String, String> GROUPS = Map.of(
      "x25519", "x25519", "x448", "x448", "p256", "secp256r1", "p384", "secp384r1", "p521", "secp521r1", "secp256r1", "secp256r1",
      "secp384r1", "secp384r1", "secp521r1", "secp521r1");

  /// With the JDK's suites and groups.
  public TlsProtocol(Version minVersion, Version maxVersion, boolean strictSuites) {
    this(minVersion, maxVersion, strictSuites, List.of(), List.of());
  }

  /// With no highest version.
  public TlsProtocol(Version minVersion, boolean strictSuites) {
    this(minVersion, Version.TLS_1_3, strictSuites);
  }

  /// The same versions with these suites and groups.
  ///
  /// @param curves `X25519`, `X448`, `P-256`, `P-384`, `P-521`, also as Go and the JDK write them (`CurveP256`, `secp256r1`)
  /// @throws IllegalArgumentException when one is unknown to the JDK; says which are known
  public TlsProtocol with(List<String> allowedSuites, List<String> curves) {
    List<String> known = List.of(context(null, List.of()).getSupportedSSLParameters().getCipherSuites());
    for (String suite : allowedSuites) {
      if (!known.contains(suite)) {
        throw new IllegalArgumentException("ciphers: \"" + suite + "\" is unknown here; known are " + known.stream()
            .filter(TlsProtocol::strict).sorted().collect(Collectors.joining(", ")) + " and older ones");
      }
    }
    List<String> found = new ArrayList<>();
    for (String curve : curves) {
      String group = GROUPS.get(curve.toLowerCase(Locale.ROOT).replace("curve", "").replace("-", ""));
      if (group == null) {
        throw new IllegalArgumentException("curves: \"" + curve + "\" is unknown here; write X25519, X448, P-256, P-384 or P-521");
      }
      found.add(group);
    }
    return new TlsProtocol(minVersion, maxVersion, strictSuites, List.copyOf(allowedSuites), List.copyOf(found));
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
    if (strictSuites || !suites.isEmpty()) {
      // One that is named may be one that the JDK does not use of itself.
      Stream<String> enabled = Stream.concat(suites.stream(), Arrays.stream(engine.getEnabledCipherSuites())).distinct();
      engine.setEnabledCipherSuites(enabled.filter(this::allows).toArray(String[]::new));
    }
    if (!groups.isEmpty()) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setNamedGroups(groups.toArray(String[]::new));
      engine.setSSLParameters(parameters);
    }
  }

  private boolean allows(String suite) {
    boolean ofItsKind = suites.stream().anyMatch(named -> newest(named) == newest(suite));
    return (!ofItsKind || suites.contains(suite)) && (!strictSuites || strict(suite));
  }

  /// Whether a suite is one of TLS 1.3.
  private static boolean newest(String suite) {
    return !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
  }

  private static boolean strict(String suite) {
    boolean forwardSecret = suite.startsWith("TLS_ECDHE_") || suite.startsWith("TLS_DHE_") || !suite.contains("_WITH_");
    return forwardSecret && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
  }

  /// Trust in these authorities alone; none: in the JDK's.
  static List<TrustManager> trust(List<X509Certificate> authorities) {
    if (authorities.isEmpty()) {
      return List.of();
    }
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry(String.valueOf(store.size()), authority);
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return List.of(factory.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("authorities that the JDK does not take", e);
    }
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
