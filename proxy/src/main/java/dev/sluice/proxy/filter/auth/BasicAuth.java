package dev.sluice.proxy.filter.auth;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import dev.sluice.routes.spi.Waits;
import java.util.List;
import java.util.Optional;

/// Requires Basic credentials (RFC 7617) of a password file: lines `name:hash`, read again when the file changes. Hashes: bcrypt, `{SHA}`, `$apr1$`, `$1$`,
/// `$pbkdf2-sha256$`, `$pbkdf2-sha512$`, `{PLAIN}`. Missing or wrong credentials are answered with 401 and a challenge. `env:NAME` takes the lines from an environment
/// variable.
@Declaration(
    name = "basicAuth",
    summary = "Requires a user name and password of a file",
    examples = @Example("""
        r: * -> basicAuth("/etc/gateway/users", "Back Office") -> "https://api.example.org";"""))
public record BasicAuth(
    @Arg("password file, or env:NAME") String file,
    @Arg("realm of the challenge, \"Basic Realm\" when left out") Optional<LiteralNode> realm,
    @Arg("ignored, and the realm with it") List<LiteralNode> rest)
    implements FilterSpec {

  @Override
  public Waits waits() {
    return Waits.REQUEST; // hashes are slow on purpose
  }

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    boolean named = rest.isEmpty() && realm.isPresent() && realm.get() instanceof LiteralNode.Text;
    String name = named ? ((LiteralNode.Text) realm.get()).value() : "Basic Realm";
    String quoted = name.replace("\\", "\\\\").replace("\"", "\\\"");
    Verdict refusal = new Respond(Answer.of(401, new Header("WWW-Authenticate", "Basic realm=\"" + quoted + "\"")));
    return new BasicAuthFilter(PasswordFile.open(services, file), refusal);
  }
}
