package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.Utf8Bytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// Replaces body and type of answers that have the status at this filter's place in the reverse chain. Status and other headers stay;
/// Content-Encoding goes.
@Declaration(
    name = "inlineContentIfStatus",
    summary = "Replaces the body of responses that have a status",
    examples = @Example("""
        r: * -> inlineContentIfStatus(401, "please log in") -> "https://api.example.org";"""))
public record InlineContentIfStatus(
    @Arg(value = "status, from 100 to 599", min = 100, max = 599) int status,
    @Arg("the body") String text,
    @Arg("content type; without it, found from the text") Optional<String> mime)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    byte[] body = Utf8Bytes.encode(text);
    String type = mime.orElseGet(() -> ContentSniffer.type(body));
    return new Filter() {
      @Override
      public Verdict response(Exchange x) {
        if (x.response().status() == status) {
          x.response().headers().remove("Content-Encoding");
          x.response().headers().set("Content-Type", type);
          x.response().body(body);
        }
        return Verdict.CONTINUE;
      }
    };
  }
}
