package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets a header to a secret.
record SecretFilter(Secrets secrets, HeaderName header, String path, String prefix, String suffix) implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFilter.class);

  @Override
  public Verdict request(Exchange x) {
    String secret = secrets.secret(path);
    if (secret == null) {
      LOG.error("secret \"{}\" of route {} is not known", path, x.routeId());
    } else if (!header.isHost()) {
      x.request().headers().set(header.name(), prefix + secret + suffix);
    }
    return Verdict.CONTINUE;
  }
}
