package dev.sluice.proxy.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Sends requests to the admin listener to their page.
final class AdminHandler extends Handler.Abstract {
  private static final String INDEX = """
      <!doctype html>
      <html lang="en">
      <title>Sluice</title>
      <h1>Sluice</h1>
      <ul>
      <li><a href="/routes">/routes</a>: the routes in use; <a href="/routes?invalid=true">those left out</a>. As JSON with
      <code>Accept: application/json</code>; <code>nopretty</code>, <code>offset</code>, <code>limit</code>, <code>timestamp</code>
      <li><a href="/sources">/sources</a>: where the routes come from, and what is wrong with those left out, as JSON
      <li><a href="/endpoints">/endpoints</a>: the endpoints that are known, and how they do, as JSON
      <li><a href="/metrics">/metrics</a>: Prometheus with <code>Accept: text/plain</code>, or Codahale JSON; <code>/metrics/KEY</code>
      <li><a href="/health">/health</a>: 200 when traffic is welcome, else 503; <a href="/health/live">/health/live</a>,
      <a href="/health/ready">/health/ready</a>
      </ul>
      """;

  private final RouteListing routes;
  private final MetricsPage metrics;
  private final EndpointsPage endpoints;
  private final HealthPage health;
  private final SourcesPage sources;

  AdminHandler(RouteListing routes, SourcesPage sources, MetricsPage metrics, EndpointsPage endpoints, HealthPage health) {
    this.routes = routes;
    this.sources = sources;
    this.metrics = metrics;
    this.endpoints = endpoints;
    this.health = health;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    send(request, response, answer(request), callback);
    return true;
  }

  private AdminAnswer answer(Request request) {
    String path = Request.getPathInContext(request);
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (isAt(path, "/routes")) {
      return reads ? routes.answer(request) : AdminAnswer.methodNotAllowed();
    }
    if (isAt(path, "/metrics")) {
      return reads ? metrics.answer(request, path) : AdminAnswer.methodNotAllowed();
    }
    return switch (path) {
      case "/health", "/health/ready" -> reads ? health.ready() : AdminAnswer.methodNotAllowed();
      case "/sources" -> reads ? sources.answer() : AdminAnswer.methodNotAllowed();
      case "/endpoints" -> reads ? endpoints.answer() : AdminAnswer.methodNotAllowed();
      case "/health/live" -> reads ? health.live() : AdminAnswer.methodNotAllowed();
      case "/" -> reads ? AdminAnswer.text(200, "text/html; charset=utf-8", INDEX)
          .with("Content-Security-Policy", "default-src 'none'")
          .with("X-Content-Type-Options", "nosniff") : AdminAnswer.methodNotAllowed();
      default -> AdminAnswer.notFound();
    };
  }

  private static boolean isAt(String path, String root) {
    return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  private static void send(Request request, Response response, AdminAnswer answer, Callback callback) {
    response.setStatus(answer.status());
    String type = answer.type();
    if (type != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    }
    answer.headers().forEach(response.getHeaders()::put);
    byte[] body = answer.body();
    if (answer.compressible()) {
      if (request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip")) {
        response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        body = gzip(body);
      }
    }
    boolean head = request.getMethod().equals("HEAD");
    if (!head) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
  }

  private static byte[] gzip(byte[] body) {
    var packed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
