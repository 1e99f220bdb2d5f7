package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Services.Setting;
import java.util.List;
import java.util.Set;

/// Names are those of `-listeners`; the one of `-address` and `-insecure-address` is `main`, the support listener `support`.
@Declaration(
    name = "Listener",
    summary = "Matches requests that came in by one of the listeners",
    examples = @Example("""
        inside: Listener("main") -> inlineContent("inside") -> <shunt>;"""))
public record Listener(@Arg(value = "Name of a listener", atLeast = 1) List<String> names) implements PredicateSpec {
  /// The name of the main listener.
  public static final String MAIN = "main";

  /// Where the gateway puts the name of the listener that a request came in by; nothing for the main one.
  public static final Key<String> NAME = Key.of("listener", String.class);

  /// The names of all listeners.
  @SuppressWarnings("rawtypes") // a class cannot say what its sets hold
  public static final Setting<Set> KNOWN = new Setting<>("listener-names", Set.class, Set.of(MAIN, "support"));

  @Override
  public RoutePredicate create(Services services) throws RouteProblem {
    Set<?> known = services.setting(KNOWN);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new RouteProblem("there is no listener \"" + name + "\"");
      }
    }
    return request -> {
      String name = request.attributes().get(NAME);
      return names.contains(name == null ? MAIN : name);
    };
  }
}
