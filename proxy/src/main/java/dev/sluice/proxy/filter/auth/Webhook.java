package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.UrlText;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import dev.sluice.routes.spi.Waits;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Asks an HTTP service whether a request may pass: a GET with the request's headers. Below 300 it may, and the listed headers of the
/// answer replace those of the request; 403 becomes 403; anything else, also a failure or a wait beyond `-webhook-timeout`, becomes 401
/// with the service's host as challenge. Redirects are followed.
@Declaration(
    name = "webhook",
    summary = "Asks a web service whether the request may pass",
    examples = @Example("""
        r: * -> webhook("https://auth.example.org/check", "X-User,X-Roles") -> "https://api.example.org";"""))
public record Webhook(
    @Arg("address of the service") String url,
    @Arg("headers to copy from its answer, separated by commas without blanks") Optional<String> copyHeaders)
    implements FilterSpec {

  public Webhook {
    copyHeaders.ifPresent(Webhook::names);
    UrlText.parse(url);
  }

  private static List<HeaderName> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(HeaderName::new).toList();
  }

  @Override
  public Waits waits() {
    return Waits.REQUEST;
  }

  @Override
  public Filter create(Services services, Site site) {
    UrlText address = UrlText.parse(url);
    HookClient client = HookClient.of(services);
    List<HeaderName> copied = copyHeaders.map(Webhook::names).orElse(List.of());
    Verdict forbidden = new Respond(Answer.of(403));
    Verdict unauthorized = new Respond(
        address.host().isEmpty() ? Answer.of(401) : Answer.of(401, new Header("WWW-Authenticate", address.host())));
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        HttpResponse<?> answer = client.get(address, x.request().headers());
        if (answer == null || answer.statusCode() >= 300) {
          boolean known = answer != null && answer.statusCode() == 403;
          AuthAttributes.reject(x, known ? "invalid-scope" : "invalid-access");
          return known ? forbidden : unauthorized;
        }
        x.put(AuthAttributes.USER, "webhook");
        for (HeaderName name : copied) {
          copy(answer.headers().allValues(name.name()), name, x);
        }
        return Verdict.CONTINUE;
      }
    };
  }

  private static void copy(List<String> values, HeaderName name, Exchange x) {
    if (values.isEmpty()) {
      return;
    }
    x.request().headers().remove(name.name());
    values.forEach(value -> x.request().headers().add(name.name(), value));
  }
}
