package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets the script that a backend with the scheme `fastcgi` runs. Without it the script is the path without its slash, `index.php` for `/`.
@Declaration(
    name = "setFastCgiFilename",
    summary = "Sets the script of a FastCGI backend",
    examples = @Example("""
        r: * -> setFastCgiFilename("/var/www/index.php") -> "fastcgi://10.0.0.1:9000";"""))
public record SetFastCgiFilename(@Arg("file name of the script") String file) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().fastCgiFilename(file);
    return Verdict.CONTINUE;
  }
}
