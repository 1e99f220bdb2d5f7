package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.pipeline.ErrorAnswers;
import dev.sluice.routes.spi.Answer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What a message says of its way: Via and Max-Forwards (RFC 9110 §7.6.2, §7.6.3), and TRACE, which asks for it.
final class Hops {
  private static final Answer METHOD_REFUSED =
      new Answer(405, List.of(new Answer.Header("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")), new byte[0]);
  private static final Answer NO_FURTHER = Answer.of(200);
  private static final Answer LOOP = ErrorAnswers.of(508);

  private final String name;
  private final boolean strict;

  /// @param name ours in Via lines; empty: there are none
  /// @param strict TRACE is refused
  Hops(String name, boolean strict) {
    this.name = name;
    this.strict = strict;
  }

  /// The answer to a request that goes no further, or null.
  @Nullable Answer refusal(Request request) {
    String method = request.getMethod();
    boolean trace = method.equals("TRACE");
    if (trace && strict) {
      return METHOD_REFUSED;
    }
    HttpFields fields = request.getHeaders();
    if ((trace || method.equals("OPTIONS")) && forwards(fields.get(HttpHeader.MAX_FORWARDS)) == 0) {
      return trace ? METHOD_REFUSED : NO_FURTHER;
    }
    return !name.isEmpty() && fields.contains(HttpHeader.VIA) && wasHere(fields) ? LOOP : null;
  }

  /// Adds this gateway to what the request says of its way.
  void passed(InboundRequest request) {
    HttpFields.Mutable lines = request.fields();
    if (!name.isEmpty()) {
      String protocol = request.protocol();
      String own = (protocol.startsWith("HTTP/") ? protocol.substring(5) : protocol) + " " + name;
      List<String> before = lines.getValuesList(HttpHeader.VIA);
      lines.put(HttpHeader.VIA, before.isEmpty() ? own : String.join(", ", before) + ", " + own);
    }
    String method = request.method();
    if (method.equals("OPTIONS") || method.equals("TRACE")) {
      int forwards = forwards(lines.get(HttpHeader.MAX_FORWARDS));
      if (forwards > 0) {
        lines.put(HttpHeader.MAX_FORWARDS, Integer.toString(forwards - 1));
      }
    }
  }

  /// -1 when it is no number that fits.
  private static int forwards(@Nullable String value) {
    return value != null && value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
  }

  /// Whether our name is the one behind the protocol in an entry of Via.
  private boolean wasHere(HttpFields fields) {
    for (HttpField line : fields.getFields(HttpHeader.VIA)) {
      for (String entry : line.getValue().split(",", -1)) {
        String[] words = entry.strip().split("[ \t]+", 3);
        if (words.length > 1 && words[1].equalsIgnoreCase(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
