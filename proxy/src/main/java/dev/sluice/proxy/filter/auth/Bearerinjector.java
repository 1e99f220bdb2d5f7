package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Sets Authorization to `Bearer ` and a secret of `-credentials-paths`. An unknown secret is logged and changes nothing.
@Declaration(
    name = "bearerinjector",
    summary = "Sends a secret as bearer token",
    examples = @Example("""
        r: * -> bearerinjector("/run/secrets/token") -> "https://api.example.org";"""))
public record Bearerinjector(@Arg("path of the secret below the configured ones") String secret) implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new SecretFilter(Secrets.of(services), new HeaderName("Authorization"), secret, "Bearer ", "");
  }
}
