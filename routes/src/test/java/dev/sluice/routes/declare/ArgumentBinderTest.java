package dev.sluice.routes.declare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Calls become records, or exact messages.
class ArgumentBinderTest {
  private enum Mode {
    FAST,
    SLOW;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Declaration(name = "probe", summary = "Probes", examples = @Example("r: * -> probe(1, \"1s\") -> <shunt>;"))
  private record Probe(
      @Arg(value = "a number", min = 0, max = 9) int number,
      @Arg(value = "a time", bareNumber = BareNumber.SECONDS, min = 0) Duration time,
      @Arg("a choice") Optional<Mode> mode,
      @Arg("the rest") List<String> rest)
      implements FilterSpec {
    Probe {
      if (number == 7) {
        throw new ArgumentProblem(0, "7 is taken");
      }
      if (number == 8) {
        throw new ArgumentProblem("8 does not go with anything");
      }
    }

    @Override
    public Filter create(Services services, Site site) {
      return new Filter() {};
    }
  }

  private static final CatalogEntry ENTRY = Catalog.of(List.of(Probe.class), List.of(), List.of()).entries().getFirst();

  private static Object bind(String text, List<Diagnostic> problems) {
    SourceText source = SourceText.of("test", text);
    return ArgumentBinder.bind(ENTRY, RouteParser.filters(source).calls().getFirst(), source, problems);
  }

  private static String problem(String text) {
    List<Diagnostic> problems = new ArrayList<>();
    assertThat(bind(text, problems)).isNull();
    Diagnostic problem = problems.getFirst();
    assertThat(problem.help()).isEqualTo("write probe(number, time, mode?, rest…)");
    return problem.code().code() + " " + problem.message() + " at " + text.substring(problem.span().start(), problem.span().end());
  }

  @Test
  void recordsOfArguments() {
    assertThat(bind("probe(2.9, 90)", new ArrayList<>())).isEqualTo(new Probe(2, Duration.ofSeconds(90), Optional.empty(), List.of()));
    assertThat(bind("probe(0, \"1m30s\", \"slow\", \"a\", \"b\")", new ArrayList<>()))
        .isEqualTo(new Probe(0, Duration.ofSeconds(90), Optional.of(Mode.SLOW), List.of("a", "b")));
  }

  @Test
  void exactMessages() {
    assertThat(problem("probe(1)")).isEqualTo("GW2003 probe needs one more argument: time at probe(1)");
    assertThat(problem("probe(\"1\", 2)")).isEqualTo("GW2004 probe: number must be a number, not the string \"1\" at \"1\"");
    assertThat(problem("probe(10, 2)")).isEqualTo("GW2005 probe: number must be from 0 to 9, not 10 at 10");
    assertThat(problem("probe(1, -1)")).isEqualTo("GW2005 probe: time must not be negative at -1");
    assertThat(problem("probe(1, 1, \"x\")")).isEqualTo("GW2005 probe: mode must be \"fast\" or \"slow\", not \"x\" at \"x\"");
    assertThat(problem("probe(1, 1, \"fast\", 5)")).isEqualTo("GW2004 probe: rest must be a string, not the number 5 at 5");
    assertThat(problem("probe(7, 1)")).isEqualTo("GW2005 probe: 7 is taken at 7");
    assertThat(problem("probe(8, 1)")).isEqualTo("GW2006 probe: 8 does not go with anything at probe(8, 1)");
  }

  @Test
  void misspeltNamesAreFound() {
    List<String> names = List.of("ratelimit", "setPath", "status", "sed");
    assertThat(Suggestions.closest("ratelimt", names)).isEqualTo("ratelimit");
    assertThat(Suggestions.closest("SETPATH", names)).isEqualTo("setPath");
    assertThat(Suggestions.closest("satus", names)).isEqualTo("status");
    assertThat(Suggestions.closest("nothing", names)).isNull();
  }

  /// 300,000 binds of a simple call in well under a second; the bound is wide for a loaded machine.
  @Test
  void bindingIsCheap() {
    SourceText source = SourceText.of("test", "probe(1, \"1s\")");
    CallNode call = RouteParser.filters(source).calls().getFirst();
    List<Diagnostic> problems = new ArrayList<>();
    long begun = 0;
    for (int i = 0; i < 350_000; i++) {
      begun = i == 50_000 ? System.nanoTime() : begun;
      assertThat(ArgumentBinder.bind(ENTRY, call, source, problems) != null).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }
}
