package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.Utf8Bytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict.Respond;
import dev.sluice.routes.spi.Verdict;
import java.util.List;
import java.util.Optional;

/// Answers 200 with a text. Without a type it is found by looking at the text. No placeholders; later filters do not run.
@Declaration(
    name = "inlineContent",
    summary = "Answers with a text",
    answers = true,
    examples = {
      @Example(value = """
          hello: Path("/hello") -> inlineContent("Hello, world!") -> <shunt>;""", request = "GET /hello", answer = "200"),
      @Example("""
          ok: * -> inlineContent("{\\"ok\\":true}", "application/json") -> <shunt>;""")
    })
public record InlineContent(
    @Arg("the body") String text,
    @Arg("content type; without it, found from the text") Optional<String> mime)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    byte[] body = Utf8Bytes.encode(text);
    String type = mime.orElseGet(() -> ContentSniffer.type(body));
    Verdict verdict = new Respond(new Answer(200, List.of(new Header("Content-Type", type)), body));
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        return verdict;
      }
    };
  }
}
