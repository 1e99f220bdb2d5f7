package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.routes.model.QueryString;
import dev.sluice.routes.spi.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `-refuse-payload`: requests with one of these texts in the target (as received or decoded), a header's name or a value get 400.
final class RefusedPayload {
  private static final Answer ANSWER = new Answer(400, List.of(new Answer.Header("Content-Type", "text/plain; charset=utf-8")), "Invalid request\n".getBytes(StandardCharsets.US_ASCII));

  private final List<String> texts;

  private RefusedPayload(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  static RefusedPayload of(GatewaySettings settings) {
    return new RefusedPayload(settings.get(RequestFlags.REFUSE_PAYLOAD));
  }

  /// The answer to a request that holds one of the texts, or null.
  @Nullable Answer refusal(InboundRequest request, String target) {
    for (int i = 0; i < texts.size(); i++) {
      if (holds(request, target, texts.get(i))) {
        return ANSWER;
      }
    }
    return null;
  }

  private static boolean holds(InboundRequest request, String target, String text) {
    String decoded = QueryString.decode(target, 0, target.length());
    if (target.contains(text) || decoded != null && decoded.contains(text) || request.host().contains(text)) {
      return true;
    }
    boolean[] found = {false};
    request.headers().forEach((name, value) -> found[0] |= value.contains(text) || canonical(name).contains(text));
    return found[0];
  }

  /// `x-forwarded-for` as `X-Forwarded-For`: how Skipper sees names.
  private static String canonical(String name) {
    StringBuilder out = new StringBuilder(name.length());
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
      first = c == '-';
    }
    return out.toString();
  }
}
