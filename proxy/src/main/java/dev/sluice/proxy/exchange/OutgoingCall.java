package dev.sluice.proxy.exchange;

import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Outgoing;
import org.jspecify.annotations.Nullable;

/// What filters said of the backend call.
public final class OutgoingCall implements Outgoing {
  private @Nullable String host;
  private @Nullable Boolean preserveHost;
  private @Nullable String dynamicTarget;
  private String backendClient = "";
  private boolean backendIsProxy;
  private @Nullable String fastCgiFilename;
  private long backendTimeout;
  private long readTimeout;
  private long writeTimeout;
  private @Nullable String hashKey;
  private double balanceFactor;
  private @Nullable RetryPolicy retry;
  private @Nullable CallGate gate;

  /// A new look-up: the Host of the route before is lost, as in Skipper.
  void nextPass() {
    host = null;
    preserveHost = null;
  }

  @Override
  public @Nullable String host() {
    return host;
  }

  @Override
  public void host(@Nullable String newHost) {
    host = newHost;
  }

  @Override
  public void preserveHost(@Nullable Boolean preserve) {
    preserveHost = preserve;
  }

  public @Nullable Boolean preserveHost() {
    return preserveHost;
  }

  @Override
  public @Nullable String dynamicTarget() {
    return dynamicTarget;
  }

  @Override
  public void dynamicTarget(@Nullable String schemeAndAuthority) {
    dynamicTarget = schemeAndAuthority;
  }

  @Override
  public void backendClient(String name) {
    backendClient = name;
  }

  public String backendClient() {
    return backendClient;
  }

  @Override
  public void backendIsProxy() {
    backendIsProxy = true;
  }

  public boolean isBackendProxy() {
    return backendIsProxy;
  }

  @Override
  public void fastCgiFilename(String file) {
    fastCgiFilename = file;
  }

  public @Nullable String fastCgiFilename() {
    return fastCgiFilename;
  }

  @Override
  public void backendTimeout(long nanos) {
    backendTimeout = nanos;
  }

  public long backendTimeout() {
    return backendTimeout;
  }

  @Override
  public void readTimeout(long nanos) {
    readTimeout = nanos;
  }

  public long readTimeout() {
    return readTimeout;
  }

  @Override
  public void writeTimeout(long nanos) {
    writeTimeout = nanos;
  }

  public long writeTimeout() {
    return writeTimeout;
  }

  @Override
  public @Nullable String hashKey() {
    return hashKey;
  }

  @Override
  public void hashKey(@Nullable String key) {
    hashKey = key;
  }

  @Override
  public double balanceFactor() {
    return balanceFactor;
  }

  @Override
  public void balanceFactor(double factor) {
    balanceFactor = factor;
  }

  @Override
  public void retry(RetryPolicy policy) {
    retry = policy;
  }

  public @Nullable RetryPolicy retry() {
    return retry;
  }

  @Override
  public void gate(CallGate newGate) {
    gate = newGate;
  }

  public @Nullable CallGate gate() {
    return gate;
  }
}
