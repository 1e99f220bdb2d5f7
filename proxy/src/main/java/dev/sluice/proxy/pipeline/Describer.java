package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.exchange.ClientResponse;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.RequestBody;
import dev.sluice.proxy.exchange.StepSource;
import dev.sluice.proxy.forward.BackendCall;
import dev.sluice.proxy.upstream.UpstreamRequest;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// Answers of `-debug-listener`: routes and filters do their work, no backend is called, and the client is told what would have been sent and how the
/// answer would have been changed. Bodies are shown up to a mebibyte.
final class Describer {
  /// What a backend would have got.
  private static final Key<Description.Outgoing> OUTGOING = Key.of("debug-outgoing", Description.Outgoing.class);

  private final Pipeline pipeline;
  private final ResponseWriter writer;

  Describer(Pipeline pipeline, ResponseWriter writer) {
    this.pipeline = pipeline;
    this.writer = writer;
  }

  /// Instead of the call of the backend. The filters of the response see an answer without status, header lines and body.
  void call(GatewayExchange x, BackendCall call) {
    UpstreamRequest request = call.describe();
    if (request == null) {
      pipeline.fail(x, call.nobody());
      return;
    }
    Content.Source body = call.describeBody();
    BodyText.read(body, x.loop(), text -> {
      x.onCancel(null);
      if (!x.ended()) {
        x.put(OUTGOING, new Description.Outgoing(request, text));
        x.respond(0, HttpFields.EMPTY, 0, Content.Source.from());
        pipeline.respond(x);
      }
    });
  }

  /// Instead of the answer.
  void write(GatewayExchange x) {
    ClientResponse response = x.clientResponse();
    List<BodyStep> steps = x.responseSteps();
    Content.Source body = response.source() == null ? Content.Source.from(response.bytes()) : response.source();
    for (BodyStep step : steps) {
      body = new StepSource(body, step, x.loop());
    }
    Description.Outgoing outgoing = x.get(OUTGOING);
    RequestBody received = outgoing == null ? x.body() : null;
    Content.Source answer = body;
    BodyText.read(received == null || received.failure() != null ? null : received.attempt(), x.loop(), request ->
        BodyText.read(answer, x.loop(), text -> finish(x, new Description(x, outgoing, request, text))));
  }

  private void finish(GatewayExchange x, @Nullable Description description) {
    if (x.ended() || description == null) {
      return;
    }
    byte[] json = description.json().getBytes(StandardCharsets.UTF_8);
    x.respond(new Answer(200, List.of(new Answer.Header("Content-Type", "application/json")), json), false);
    writer.write(x);
  }
}
