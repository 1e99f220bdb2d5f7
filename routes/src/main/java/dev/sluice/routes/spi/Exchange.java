package dev.sluice.routes.spi;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One request with its response on its way through the gateway. Used by one thread at a time (see the package).
public interface Exchange extends Attributes {
  /// The request as filters have changed it so far.
  Request request();

  /// The response head.
  ///
  /// @throws IllegalStateException before the response phase
  Response response();

  /// True in the response phase.
  boolean hasResponse();

  /// Value of a path parameter (`:name`, `*name`), or null. Parameters of outer routes stay visible after a loopback.
  @Nullable String parameter(String name);

  /// Id of the matched route.
  String routeId();

  /// How the backend will be called.
  Outgoing outgoing();

  /// Adds a step to the request body, behind those added before. Steps are made anew for each attempt.
  void requestBody(Supplier<? extends BodyStep> perAttempt);

  /// Adds a step to the response body, behind those added before.
  void responseBody(BodyStep step);

  /// The first bytes of the request body, at most `max`; the backend still gets all of them. Only in filters that wait in the request phase.
  ///
  /// @return a read-only buffer; shorter than `max` only when the body is
  /// @throws BodyProblem when the body cannot be read
  ByteBuffer peekBody(int max) throws BodyProblem;

  /// Runs once at the end of the exchange: last byte, failure, or the client's departure. Slots, permits and counters are given back here.
  void atEnd(Consumer<? super Outcome> hook);

  /// The request as it was received, before any filter: for logs and templates that ask for it.
  Request original();
}
