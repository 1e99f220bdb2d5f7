package dev.sluice.proxy.filter;

import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Outcome;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.table.PlainRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An exchange without a gateway: a request from [PlainRequest], a response that tests fill. Single-threaded.
public final class FakeExchange implements Exchange {
  private final PlainRequest request;
  private final PlainRequest original;
  private final FakeResponse response = new FakeResponse();
  private final FakeOutgoing outgoing = new FakeOutgoing();
  private final Map<String, String> parameters = new HashMap<>();
  private final List<Supplier<? extends BodyStep>> requestSteps = new ArrayList<>();
  private final List<BodyStep> responseSteps = new ArrayList<>();
  private final List<Consumer<? super Outcome>> hooks = new ArrayList<>();
  private boolean hasResponse;
  private byte[] body = {};

  private FakeExchange(PlainRequest request, PlainRequest original) {
    this.request = request;
    this.original = original;
  }

  /// @param headers names and values in turn; `Host` sets the host
  public static FakeExchange of(String method, String target, String... headers) {
    return new FakeExchange(request(method, target, headers), request(method, target, headers));
  }

  public static FakeExchange get(String target, String... headers) {
    return of("GET", target, headers);
  }

  private static PlainRequest request(String method, String target, String... headers) {
    PlainRequest request = PlainRequest.of(method, target);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  /// Begins the response phase with a backend's answer.
  public FakeExchange answered(int status, String... headers) {
    hasResponse = true;
    response.status(status);
    for (int i = 0; i < headers.length; i += 2) {
      response.headers().add(headers[i], headers[i + 1]);
    }
    return this;
  }

  public FakeExchange parameter(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  public FakeExchange body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    request.contentLength(body.length);
    return this;
  }

  /// Ends the exchange: runs what filters left for it.
  public void end(int status) {
    hooks.forEach(hook -> hook.accept(new Outcome(status, null, 0, 0)));
    hooks.clear();
  }

  public List<Supplier<? extends BodyStep>> requestSteps() {
    return requestSteps;
  }

  public List<BodyStep> responseSteps() {
    return responseSteps;
  }

  @Override
  public PlainRequest request() {
    return request;
  }

  @Override
  public FakeResponse response() {
    if (!hasResponse) {
      throw new IllegalStateException("no response yet");
    }
    return response;
  }

  @Override
  public boolean hasResponse() {
    return hasResponse;
  }

  @Override
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  @Override
  public String routeId() {
    return "r";
  }

  @Override
  public FakeOutgoing outgoing() {
    return outgoing;
  }

  @Override
  public void requestBody(Supplier<? extends BodyStep> perAttempt) {
    requestSteps.add(perAttempt);
  }

  @Override
  public void responseBody(BodyStep step) {
    responseSteps.add(step);
  }

  @Override
  public ByteBuffer peekBody(int max) {
    return ByteBuffer.wrap(body, 0, Math.min(max, body.length)).asReadOnlyBuffer();
  }

  @Override
  public void atEnd(Consumer<? super Outcome> hook) {
    hooks.add(hook);
  }

  @Override
  public Request original() {
    return original;
  }

  @Override
  public <T> @Nullable T get(Key<T> key) {
    return request.attributes().get(key);
  }

  @Override
  public <T> void put(Key<T> key, T value) {
    request.attributes().put(key, value);
  }
}
