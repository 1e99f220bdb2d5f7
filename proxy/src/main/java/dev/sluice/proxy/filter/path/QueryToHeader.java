package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// Copies the first value of a query parameter into a request header, unless that has a value already. The parameter stays.
@Declaration(
    name = "queryToHeader",
    summary = "Copies a query parameter into a request header",
    examples = @Example("""
        r: * -> queryToHeader("access_token", "Authorization", "Bearer %s") -> "https://api.example.org";"""))
public record QueryToHeader(
    @Arg("name of the query parameter") String parameter,
    @Arg("name of the header") HeaderName header,
    @Arg("text with one %s for the value; %10s and %-10s fill it up with blanks, %% is a percent sign") Optional<ValueFormat> format)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String present = x.request().headers().first(header.name());
    String value = x.request().queryParameter(parameter);
    if ((present == null || present.isEmpty()) && value != null && !value.isEmpty() && !header.isHost()) {
      x.request().headers().set(header.name(), format.isPresent() ? format.get().fill(value) : value);
    }
    return Verdict.CONTINUE;
  }
}
