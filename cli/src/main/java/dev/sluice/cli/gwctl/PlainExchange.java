package dev.sluice.cli.gwctl;

import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Outcome;
import dev.sluice.routes.spi.Outgoing;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.Response;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.PlainRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An exchange without connections, for request filters that change nothing but the request.
///
/// @param request gets the changes
/// @param original as it came
/// @param matches of this look-up and those before it, the latest first
/// @throws UnsupportedOperationException from everything that needs a connection or a response
record PlainExchange(PlainRequest request, PlainRequest original, RouteDefinition route, List<Match> matches) implements Exchange {
  @Override
  public Response response() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasResponse() {
    return false;
  }

  @Override
  public @Nullable String parameter(String name) {
    for (Match match : matches) {
      String value = match.parameter(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  @Override
  public String routeId() {
    return route.id();
  }

  /// Nothing that is set here outlives a loopback.
  @Override
  public Outgoing outgoing() {
    return new Nowhere();
  }

  @Override
  public void requestBody(Supplier<? extends BodyStep> perAttempt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void responseBody(BodyStep step) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ByteBuffer peekBody(int max) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void atEnd(Consumer<? super Outcome> hook) {
    // the exchange never ends
  }

  @Override
  public <T> @Nullable T get(Key<T> key) {
    return request.attributes().get(key);
  }

  @Override
  public <T> void put(Key<T> key, T value) {
    request.attributes().put(key, value);
  }

  private static final class Nowhere implements Outgoing {
    private @Nullable String host;
    private @Nullable String dynamicTarget;
    private @Nullable String hashKey;
    private double balanceFactor;

    @Override
    public void backendClient(String name) {}

    @Override
    public void backendIsProxy() {}

    @Override
    public void fastCgiFilename(String file) {}

    @Override
    public @Nullable String host() {
      return host;
    }

    @Override
    public void host(@Nullable String name) {
      host = name;
    }

    @Override
    public void preserveHost(@Nullable Boolean preserve) {}

    @Override
    public @Nullable String dynamicTarget() {
      return dynamicTarget;
    }

    @Override
    public void dynamicTarget(@Nullable String schemeAndAuthority) {
      dynamicTarget = schemeAndAuthority;
    }

    @Override
    public void backendTimeout(long nanos) {}

    @Override
    public void readTimeout(long nanos) {}

    @Override
    public void writeTimeout(long nanos) {}

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
    public void retry(RetryPolicy policy) {}

    @Override
    public void gate(CallGate gate) {}
  }
}
