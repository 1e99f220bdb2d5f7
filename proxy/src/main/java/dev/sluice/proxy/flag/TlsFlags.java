package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;

/// Certificates, on listeners and towards backends.
public final class TlsFlags {
  static final FlagGroup GROUP = new FlagGroup("TLS");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<List<String>> TLS_CERT =
      BUILT.list("tls-cert", "PEM files with the listener's certificates; the listener then speaks TLS");
  public static final Flag<List<String>> TLS_KEY =
      BUILT.list("tls-key", "PEM files with the private keys of -tls-cert, in the same order");
  public static final Flag<String> TLS_MIN_VERSION = BUILT.text("tls-min-version", "1.2", "lowest TLS version: 1.0 to 1.3");
  public static final Flag<String> TLS_CLIENT_AUTH = BUILT.text(
      "tls-client-auth",
      "NoClientCert",
      "client certificates: NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven,"
          + " RequireAndVerifyClientCert");
  public static final Flag<Boolean> EXCLUDE_INSECURE_CIPHER_SUITES =
      BUILT.onOff("exclude-insecure-cipher-suites", false, "allow forward-secret, authenticated cipher suites only");
  public static final Flag<List<String>> CLIENT_TLS_CERT =
      BUILT.list("client-tls-cert", "PEM files with certificates to show to backends");
  public static final Flag<List<String>> CLIENT_TLS_KEY =
      BUILT.list("client-tls-key", "PEM files with the private keys of -client-tls-cert, in the same order");
  public static final Flag<Duration> CLIENT_TLS_CERT_REFRESH_INTERVAL =
      PLANNED.seconds("client-tls-cert-refresh-interval", 0, "how often -client-tls-cert is read again; 0 means 5m");
  public static final Flag<Boolean> ENABLE_MTLS =
      PLANNED.onOff("enable-mtls", false, "read the certificate for backends again while running");
  public static final Flag<List<String>> MTLS_AUTHN_CA =
      PLANNED.list("mtls-authn-ca", "PEM files with the authorities that the filter mtlsAuthn trusts");
  public static final Flag<Boolean> MTLS_AUTHN_APPEND_CA =
      PLANNED.onOff("mtls-authn-append-ca", false, "mtlsAuthn also trusts the system's authorities");

  static {
    GROUP.ignored("the JVM writes no key log: use an agent such as extract-tls-secrets")
        .text("tls-key-log-file", "", "file for the keys of TLS sessions, for debugging");
  }

  private TlsFlags() {}
}
