package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.Optional;

/// Sets a request header to a secret of `-credentials-paths`, with texts around it. An unknown secret is logged and changes nothing.
@Declaration(
    name = "setRequestHeaderFromSecret",
    summary = "Sets a request header to a secret",
    examples = @Example("""
        r: * -> setRequestHeaderFromSecret("X-Api-Key", "/run/secrets/key") -> "https://api.example.org";"""))
public record SetRequestHeaderFromSecret(
    @Arg("name of the header") HeaderName header,
    @Arg("path of the secret below the configured ones") String secret,
    @Arg("text before it") Optional<String> prefix,
    @Arg("text behind it") Optional<String> suffix)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new SecretFilter(Secrets.of(services), header, secret, prefix.orElse(""), suffix.orElse(""));
  }
}
