package dev.sluice.proxy.filter;

import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Outgoing;
import dev.sluice.routes.spi.Outgoing.RetryPolicy;
import org.jspecify.annotations.Nullable;

/// Remembers what filters say about the backend call.
public final class FakeOutgoing implements Outgoing {
  public String backendClient = "";
  public boolean backendIsProxy;
  public @Nullable String fastCgiFilename;
  public @Nullable Boolean preserveHost;
  public long backendTimeout;
  public long readTimeout;
  public long writeTimeout;
  public @Nullable RetryPolicy retry;
  public @Nullable CallGate gate;
  private @Nullable String host;
  private @Nullable String dynamicTarget;
  private @Nullable String hashKey;
  private double balanceFactor;

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

  @Override
  public void backendIsProxy() {
    backendIsProxy = true;
  }

  @Override
  public void fastCgiFilename(String file) {
    fastCgiFilename = file;
  }

  @Override
  public void backendTimeout(long nanos) {
    backendTimeout = nanos;
  }

  @Override
  public void readTimeout(long nanos) {
    readTimeout = nanos;
  }

  @Override
  public void writeTimeout(long nanos) {
    writeTimeout = nanos;
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

  @Override
  public void gate(CallGate newGate) {
    gate = newGate;
  }
}
