package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The scripted answer of a backend to one request.
record BackendAnswer(String name, Path folder, HttpStream stream, Members request) {

  private static final List<Field> PLAIN = List.of(new Field("Content-Type", "text/plain"));

  /// Sends it; false when the connection ends with it.
  boolean send(Members script) throws IOException, InterruptedException {
    Thread.sleep(script.number("delay_ms", 0));
    if (script.flag("close")) {
      return false;
    }
    Members answer = script.has("kubernetes")
        ? new KubernetesApi(folder.resolve(script.text("kubernetes"))).answer(request.text("target"))
        : script;
    if (answer.has("raw")) {
      stream.send(answer.text("raw"));
      return !answer.flag("then_close", true);
    }
    return sendMessage(answer);
  }

  private boolean sendMessage(Members script) throws IOException, InterruptedException {
    long status = script.number("status", 200);
    String body = script.text("body", name);
    if (script.has("body_file")) {
      Path file = folder.resolve(script.text("body_file"));
      boolean found = Files.exists(file);
      status = found ? status : 404;
      body = found ? Texts.file(file) : "";
    }
    if (script.flag("reflect")) {
      body = Json.write(request);
    }
    String head = "HTTP/1.1 %d %s\r\n".formatted(status, script.text("reason", "Status"))
        + Http.lines(script.has("headers") ? script.fields("headers") : PLAIN);
    if (status == 101) {
      echo(head);
    }
    if (status == 204 || status == 304) {
      stream.send(head + "\r\n");
    } else if (script.has("chunks")) {
      sendChunks(head, script);
    } else {
      sendBody(head, body.repeat((int) script.number("repeat_body", 1)), script);
    }
    boolean cut = script.flag("cut") && status != 204 && status != 304;
    return !cut && !script.flag("then_close");
  }

  /// An upgraded connection echoes until it ends.
  private void echo(String head) throws IOException {
    stream.send(head + "\r\n");
    while (true) {
      stream.send(stream.next());
    }
  }

  private void sendChunks(String head, Members script) throws IOException, InterruptedException {
    stream.send(head + "Transfer-Encoding: chunked\r\n\r\n");
    for (String chunk : script.texts("chunks")) {
      Thread.sleep(script.number("chunk_delay_ms", 0));
      stream.send(Http.chunk(chunk));
    }
    if (!script.flag("cut")) {
      stream.send("0\r\n" + Http.lines(script.fields("trailers")) + "\r\n");
    }
  }

  private void sendBody(String head, String body, Members script) throws IOException {
    String sent = request.text("method").equals("HEAD") ? "" : body;
    String part = script.flag("cut") ? sent.substring(0, sent.length() / 2) : sent;
    stream.send(head + "Content-Length: %d\r\n\r\n".formatted(body.length()) + part);
  }
}
