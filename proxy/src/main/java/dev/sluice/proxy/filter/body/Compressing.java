package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Response;
import dev.sluice.routes.spi.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The running form of `compress`.
record Compressing(Set<String> types, List<Encoding> offered, int level, long minLength) implements Filter {
  @Override
  public Verdict response(Exchange x) {
    Response response = x.response();
    String accepted = x.request().headers().first("Accept-Encoding");
    if (accepted == null || !mayBePacked(response)) {
      return Verdict.CONTINUE;
    }
    Encoding encoding = AcceptedEncoding.choose(accepted, offered);
    if (encoding == null) {
      return Verdict.CONTINUE;
    }
    Headers headers = response.headers();
    headers.set("Content-Encoding", encoding.token());
    if (headers.all("Vary").stream().noneMatch("Accept-Encoding"::equalsIgnoreCase)) {
      headers.add("Vary", "Accept-Encoding");
    }
    x.responseBody(encoding.packing(level));
    return Verdict.CONTINUE;
  }

  private boolean mayBePacked(Response response) {
    int status = response.status();
    String type = response.headers().first("Content-Type");
    String encoding = response.headers().first("Content-Encoding");
    long length = response.contentLength();
    if (type == null || status == 206 || status == 204 || status == 304 || length >= 0 && length < minLength) {
      return false;
    }
    int semicolon = type.indexOf(';');
    return types.contains(semicolon < 0 ? type : type.substring(0, semicolon))
        && (encoding == null || encoding.isEmpty() || encoding.equals("identity"))
        && !forbidsTransform(response.headers());
  }

  private static boolean forbidsTransform(Headers headers) {
    List<String> lines = headers.all("Cache-Control");
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).toLowerCase(Locale.ROOT).contains("no-transform")) {
        return true;
      }
    }
    return false;
  }
}
