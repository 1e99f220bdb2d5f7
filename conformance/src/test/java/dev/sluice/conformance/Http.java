package dev.sluice.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// HTTP/1.1 messages in the form that cases have them: `status` or `method` and `target`, `headers`, `body`, `trailers`.
final class Http {

  private Http() {}

  /// The fields after the first line of a head.
  private static List<Field> fields(List<String> head) {
    return head.stream().skip(1).map(Field::parse).toList();
  }

  private record Chunked(byte[] body, List<Field> trailers) {}

  private static Chunked readChunked(HttpStream stream) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(stream.until("\r\n").split(";", 2)[0].strip(), 16);
      if (size == 0) {
        break;
      }
      body.writeBytes(stream.exactly(size));
      stream.exactly(2);
    }
    List<Field> trailers = new ArrayList<>();
    for (String line = stream.until("\r\n"); !line.isEmpty(); line = stream.until("\r\n")) {
      trailers.add(Field.parse(line));
    }
    return new Chunked(body.toByteArray(), trailers);
  }

  private static int length(List<Field> fields) {
    List<String> lengths = Field.values(fields, "content-length");
    return lengths.isEmpty() ? -1 : Integer.parseInt(lengths.get(0).strip());
  }

  /// Reads a request; answers `Expect: 100-continue` before the body.
  static Members readRequest(HttpStream stream) throws IOException {
    List<String> head = List.of(stream.until("\r\n\r\n").split("\r\n", -1));
    String[] first = head.get(0).split(" ", 3);
    List<Field> fields = fields(head);
    boolean chunked = Field.says(fields, "transfer-encoding", "chunked");
    int length = length(fields);
    if ((chunked || length >= 0) && Field.says(fields, "expect", "100-continue")) {
      stream.send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    Chunked content = chunked ? readChunked(stream) : new Chunked(stream.exactly(Math.max(0, length)), List.of());
    Members request = Members.empty()
        .with("method", first[0])
        .with("target", first.length > 1 ? first[1] : "")
        .with("headers", Field.pairs(fields))
        .with("body", HttpStream.text(content.body));
    return content.trailers.isEmpty() ? request : request.with("trailers", Field.pairs(content.trailers));
  }

  /// Reads the answer to a request with that method; a body that ends too early has `cut`.
  static Members readResponse(HttpStream stream, String method) throws IOException {
    List<Object> informational = new ArrayList<>();
    while (true) {
      List<String> head = List.of(stream.until("\r\n\r\n").split("\r\n", -1));
      String[] first = head.get(0).split(" ", 3);
      if (first.length < 2) {
        throw new IllegalArgumentException("no status line: " + head.get(0));
      }
      long status = Long.parseLong(first[1].strip());
      Members response = Members.empty().with("status", status).with("headers", Field.pairs(fields(head)));
      if (status < 100 || status >= 200 || status == 101) {
        boolean bare = method.equals("HEAD") || status == 101 || status == 204 || status == 304;
        readBody(stream, bare, fields(head), response);
        return informational.isEmpty() ? response : response.with("informational", informational);
      }
      informational.add(response.map());
    }
  }

  private static void readBody(HttpStream stream, boolean bare, List<Field> fields, Members response) throws IOException {
    response.with("body", "");
    if (bare) {
      return;
    }
    int length = length(fields);
    if (Field.says(fields, "transfer-encoding", "chunked")) {
      try {
        Chunked content = readChunked(stream);
        response.with("body", HttpStream.text(content.body));
        if (!content.trailers.isEmpty()) {
          response.with("trailers", Field.pairs(content.trailers));
        }
      } catch (HttpStream.Ended e) {
        response.with("cut", true);
      }
    } else if (length >= 0) {
      try {
        response.with("body", HttpStream.text(stream.exactly(length)));
      } catch (IOException e) {
        response.with("body", HttpStream.text(stream.ahead())).with("cut", true);
      }
    } else {
      response.with("body", HttpStream.text(stream.rest()));
    }
  }

  /// The bytes of a case's request. `Host` and `Content-Length` are added where the case gives none.
  static byte[] requestBytes(Members request) {
    if (request.has("raw")) {
      return HttpStream.bytes(request.text("raw"));
    }
    byte[] body = HttpStream.bytes(request.text("body", ""));
    List<Field> fields = new ArrayList<>(request.fields("headers"));
    List<String> names = fields.stream().map(Field::key).toList();
    if (!names.contains("host")) {
      fields.add(0, new Field("Host", "gateway.test"));
    }
    boolean chunked = names.contains("transfer-encoding");
    if (body.length > 0 && !names.contains("content-length") && !chunked) {
      fields.add(new Field("Content-Length", String.valueOf(body.length)));
    }
    String head = "%s %s HTTP/1.1\r\n".formatted(request.text("method", "GET"), request.text("target", "/"))
        + lines(fields) + "\r\n";
    String content = HttpStream.text(body);
    if (chunked) {
      content = (body.length > 0 ? chunk(content) : "") + "0\r\n\r\n";
    }
    return HttpStream.bytes(head + content);
  }

  static String chunk(String data) {
    return "%x\r\n%s\r\n".formatted(data.length(), data);
  }

  static String lines(List<Field> fields) {
    StringBuilder lines = new StringBuilder();
    fields.forEach(field -> lines.append(field.name()).append(": ").append(field.value()).append("\r\n"));
    return lines.toString();
  }
}
