package dev.sluice.proxy.upstream;

import java.util.Collection;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.jspecify.annotations.Nullable;

/// The target of a request as it goes to the backend, for Jetty's encoder, which asks for scheme, authority and path alone. Jetty's own parses and
/// refuses what clients may send (`/..`, `/%zz`).
record RawTarget(String scheme, String authority, String target) implements HttpURI {
  @Override
  public Immutable asImmutable() {
    throw new UnsupportedOperationException("the target of a call is read as it is");
  }

  @Override
  public String asString() {
    return scheme + "://" + authority + target;
  }

  @Override
  public String toString() {
    return asString();
  }

  @Override
  public String getAuthority() {
    return authority;
  }

  @Override
  public @Nullable String getDecodedPath() {
    return null;
  }

  @Override
  public @Nullable String getCanonicalPath() {
    return null;
  }

  @Override
  public @Nullable String getFragment() {
    return null;
  }

  @Override
  public String getHost() {
    return authority;
  }

  @Override
  public @Nullable String getParam() {
    return null;
  }

  @Override
  public String getPath() {
    return target;
  }

  @Override
  public String getPathQuery() {
    return target;
  }

  @Override
  public int getPort() {
    return -1;
  }

  @Override
  public @Nullable String getQuery() {
    return null;
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public @Nullable String getUser() {
    return null;
  }

  @Override
  public boolean hasAuthority() {
    return true;
  }

  @Override
  public boolean isAbsolute() {
    return true;
  }

  @Override
  public boolean isAmbiguous() {
    return false;
  }

  @Override
  public boolean hasViolations() {
    return false;
  }

  @Override
  public boolean hasViolation(UriCompliance.Violation violation) {
    return false;
  }

  @Override
  public Collection<UriCompliance.Violation> getViolations() {
    return Set.of();
  }
}
