package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.exchange.ClientResponse;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.StepSource;
import dev.sluice.proxy.observe.ConnectionStates;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Failure;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Sends the response of an exchange: head, body steps, body by demand.
final class ResponseWriter {
  private final Pipeline pipeline;

  ResponseWriter(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  void write(GatewayExchange x) {
    ClientResponse response = x.clientResponse();
    int status = response.status();
    HttpFields.Mutable fields = response.fields();
    x.headTime = System.nanoTime();
    x.ownResponseNanos = x.headTime - x.phaseBegan;
    x.jettyResponse().setStatus(status);
    if (!fields.contains(HttpHeader.DATE)) {
      fields.add(x.jettyRequest().getConnectionMetaData().getConnector().getServer().getDateField());
    }
    if (x.alternative != null) {
      fields.put(x.alternative);
    }
    if (pipeline.settings().connectionRequests() > 0 || pipeline.settings().connectionMillis() > 0) {
      closeWhenOld(x, fields);
    }
    boolean bodyless = status == 204 || status == 304 || x.request().method().equals("HEAD");
    Content.Source source = body(x, response, bodyless);
    if (source == null) {
      new BodyPump(pipeline, x, null).writeBytes(bodyless ? java.nio.ByteBuffer.allocate(0) : response.bytes());
    } else {
      new BodyPump(pipeline, x, source).pump();
    }
  }

  /// The last answer on a connection that has served enough requests, or is old enough, says that it closes.
  private void closeWhenOld(GatewayExchange x, HttpFields.Mutable fields) {
    Connection connection = x.jettyRequest().getConnectionMetaData().getConnection();
    int requests = pipeline.settings().connectionRequests();
    long millis = pipeline.settings().connectionMillis();
    boolean served = requests > 0 && connection.getMessagesIn() >= requests;
    boolean old = millis > 0 && System.currentTimeMillis() - connection.getCreatedTimeStamp() >= millis;
    if (served || old) {
      fields.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      ConnectionStates states = pipeline.settings().states();
      if (states != null) {
        (served ? states.servedEnough() : states.old()).increment();
      }
    }
  }

  /// The body behind its steps, with its length in the head; null when the body is bytes that go as they are.
  private static Content.@Nullable Source body(GatewayExchange x, ClientResponse response, boolean bodyless) {
    List<BodyStep> steps = x.responseSteps();
    long length = response.contentLength();
    Content.Source source = response.source();
    if (!bodyless && !steps.isEmpty()) {
      Content.Source changed = source == null ? Content.Source.from(response.bytes()) : source;
      for (BodyStep step : steps) {
        changed = new StepSource(changed, step, x.loop());
        length = step.length(length);
      }
      source = changed;
    }
    response.fields().remove(HttpHeader.CONTENT_LENGTH);
    if (response.status() == 304) {
      response.fields().remove(HttpHeader.CONTENT_TYPE);
    }
    boolean noLengthLine = response.status() == 204 || (bodyless && length <= 0 && response.source() != null)
        || (bodyless && !steps.isEmpty());
    if (length >= 0 && !noLengthLine) {
      response.fields().put(HttpHeader.CONTENT_LENGTH, length);
    }
    return source;
  }

  /// Ends the exchange without a proper answer: the client has left, or the connection is cut because the answer cannot be completed.
  void cut(GatewayExchange x, Failure failure) {
    if (x.ended()) {
      return;
    }
    boolean begun = x.jettyResponse().isCommitted();
    int status = begun ? x.jettyResponse().getStatus() : failure.kind().status();
    x.clientResponse().discard();
    pipeline.end(x, status, failure);
    x.callback().failed(new CutException(failure));
  }

  /// Tells Jetty to break the stream off; carries no trace, since it is no error of the program.
  static final class CutException extends Request.Handler.AbortException implements QuietException {
    private static final long serialVersionUID = 1L;

    CutException(Failure failure) {
      super(failure.kind().token());
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
