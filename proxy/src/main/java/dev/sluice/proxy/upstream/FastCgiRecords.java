package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.UpstreamRequest.Cgi;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;

/// FastCGI's records (its specification 1.0, §3 to §5) and the parameters of a request, which are Skipper's.
final class FastCgiRecords {
  static final int HEADER = 8;
  static final int END_REQUEST = 3;
  static final int STDIN = 5;
  static final int STDOUT = 6;
  static final int STDERR = 7;
  /// The longest content of a record.
  static final int LONGEST = 65_535;

  private static final int VERSION = 1;
  private static final int BEGIN_REQUEST = 1;
  private static final int PARAMS = 4;
  private static final int RESPONDER = 1;

  private FastCgiRecords() {}

  /// The header of a record of the only request on a connection.
  static ByteBuffer header(int type, int length) {
    return ByteBuffer.allocate(HEADER)
        .put((byte) VERSION).put((byte) type).putShort((short) 1).putShort((short) length).putShort((short) 0).flip();
  }

  /// Everything before the body.
  ///
  /// @throws IllegalArgumentException when some part may not be sent
  static ByteBuffer head(UpstreamRequest request, Cgi cgi, int port) {
    var params = new ByteArrayOutputStream();
    params(request, cgi, port).forEach((name, value) -> add(params, name, value));
    byte[] bytes = params.toByteArray();
    int records = Math.ceilDiv(bytes.length, LONGEST) + 3;
    ByteBuffer head = ByteBuffer.allocate(bytes.length + records * HEADER);
    // Without FCGI_KEEP_CONN the application closes the connection after its answer.
    head.put(header(BEGIN_REQUEST, 8)).putShort((short) RESPONDER).put((byte) 0).put(new byte[5]);
    for (int at = 0; at < bytes.length; at += LONGEST) {
      int size = Math.min(LONGEST, bytes.length - at);
      head.put(header(PARAMS, size)).put(bytes, at, size);
    }
    return head.put(header(PARAMS, 0)).flip();
  }

  private static Map<String, String> params(UpstreamRequest request, Cgi cgi, int port) {
    Map<String, String> params = new LinkedHashMap<>();
    for (HttpField field : request.headers()) {
      String name = field.getName().toUpperCase(Locale.ROOT).replace('-', '_');
      // A client's Proxy would be HTTP_PROXY, which programs take for a setting (httpoxy).
      if (!name.equals("PROXY")) {
        params.merge("HTTP_" + name, field.getValue() == null ? "" : field.getValue(), (a, b) -> a + ", " + b);
      }
    }
    params.remove("HTTP_CONTENT_TYPE");
    params.remove("HTTP_CONTENT_LENGTH");
    int colon = request.host().lastIndexOf(':');
    boolean withPort = colon > request.host().lastIndexOf(']');
    String server = withPort ? request.host().substring(0, colon) : request.host();
    int question = request.target().indexOf('?');
    String type = request.headers().get("Content-Type");
    boolean lengthKnown = request.contentLength() > 0 || request.contentLength() == 0 && request.lengthZero();
    params.put("GATEWAY_INTERFACE", "CGI/1.1");
    params.put("SERVER_SOFTWARE", "Sluice");
    params.put("SERVER_PROTOCOL", cgi.protocol());
    params.put("SERVER_NAME", server);
    params.put("SERVER_PORT", withPort ? request.host().substring(colon + 1) : Integer.toString(port));
    params.put("HTTP_HOST", server);
    params.put("REMOTE_ADDR", cgi.remoteAddress());
    params.put("REMOTE_PORT", Integer.toString(cgi.remotePort()));
    params.put("REQUEST_METHOD", request.method());
    params.put("REQUEST_URI", request.target());
    params.put("QUERY_STRING", question < 0 ? "" : request.target().substring(question + 1));
    params.put("CONTENT_TYPE", type == null ? "" : type);
    params.put("CONTENT_LENGTH", lengthKnown ? Long.toString(request.contentLength()) : "");
    params.put("REDIRECT_STATUS", "200");
    script(params, cgi);
    if (cgi.secure()) {
      params.put("HTTPS", "on");
    }
    return params;
  }

  private static void script(Map<String, String> params, Cgi cgi) {
    int slash = cgi.script().lastIndexOf('/');
    params.put("SCRIPT_FILENAME", cgi.script());
    params.put("SCRIPT_NAME", "/" + cgi.script().substring(slash + 1));
    params.put("DOCUMENT_ROOT", slash < 0 ? "." : slash == 0 ? "/" : cgi.script().substring(0, slash));
    params.put("DOCUMENT_URI", cgi.path());
  }

  private static void add(ByteArrayOutputStream to, String name, String value) {
    byte[] nameBytes = bytes(name);
    byte[] valueBytes = bytes(value);
    length(to, nameBytes.length);
    length(to, valueBytes.length);
    to.writeBytes(nameBytes);
    to.writeBytes(valueBytes);
  }

  private static byte[] bytes(String text) {
    boolean beyondLatin1 = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == '\r' || c == '\n') {
        throw new IllegalArgumentException("a control character in a request head");
      }
      beyondLatin1 |= c > 0xff;
    }
    return text.getBytes(beyondLatin1 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  private static void length(ByteArrayOutputStream to, int length) {
    if (length < 128) {
      to.write(length);
    } else {
      to.writeBytes(ByteBuffer.allocate(4).putInt(length | 0x8000_0000).array());
    }
  }
}
