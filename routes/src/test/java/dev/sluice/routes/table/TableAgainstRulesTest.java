package dev.sluice.routes.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.routes.TestServices;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.RunningBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Random tables and requests: the table finds what asking every route by the rules finds.
class TableAgainstRulesTest {
  private static final int LOOK_UPS = 1_000_000;
  private static final int LOOK_UPS_PER_TABLE = 2_500;
  private static final int CHANGES = 4_000;
  private static final int CHANGES_PER_TABLE = 40;
  private static final int LOOK_UPS_PER_CHANGE = 50;
  private static final String[] SEGMENTS = {"a", "b", "ab", "new"};
  private static final String[] HOSTS = {"a.test", "b.test", "a.test:80", "b.test.:8080", "A.test", "a.test.", "x", ""};
  private static final String[] METHODS = {"GET", "GET", "POST", "PUT", "get"};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private int written;

  /// A predicate as text, what it weighs, and what it means.
  private record Condition(String text, int weight, Predicate<PlainRequest> meaning) {}

  private static final List<Condition> CONDITIONS = List.of(
      new Condition("Host(/^(a[.]test[.]?(:[0-9]+)?)$/)", 1, r -> r.host().matches("a[.]test[.]?(:[0-9]+)?")),
      new Condition("Host(\"^(b[.]test[.]?(:[0-9]+)?|x[.]?(:[0-9]+)?)$\")", 1, r -> r.host().matches("(b[.]test|x)[.]?(:[0-9]+)?")),
      new Condition("Host(\"^a[.]test$\")", 1, r -> r.host().equals("a.test")),
      new Condition("Host(\"^a[.]test:80$\")", 1, r -> r.host().equals("a.test:80")),
      new Condition("Host(\"(?i)^a\")", 1, r -> r.host().matches("[aA].*")),
      new Condition("Host(\"test\")", 1, r -> r.host().contains("test")),
      new Condition("Host(\"^$\")", 1, r -> r.host().isEmpty()),
      new Condition("HostAny(\"a.test\", \"b.test.:8080\")", 1, r -> List.of("a.test", "b.test.:8080").contains(r.host())),
      new Condition("Methods(\"get\", \"PUT\")", 1, r -> List.of("GET", "PUT").contains(r.method())),
      new Condition("Header(\"x-a\", \"1\")", 1, r -> "1".equals(r.headers().first("X-A"))),
      new Condition("HeaderRegexp(\"X-A\", \"1|2\") && HeaderRegexp(\"x-a\", \".\")", 1, r -> List.of("1", "2").contains(String.valueOf(r.headers().first("X-A")))),
      new Condition("True()", 1, r -> true),
      new Condition("Weight(2)", 2, r -> true),
      new Condition("Weight(-1.5)", -1, r -> true),
      new Condition("TrafficSegment(0, 1)", 0, r -> true));

  @Test
  void findsWhatTheRulesSay() {
    for (int done = 0; done < LOOK_UPS; done += LOOK_UPS_PER_TABLE) {
      int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 20);
      var rules = new ArrayList<NaiveTable.Rule>();
      var text = new StringBuilder();
      boolean onePath = random.nextInt(4) == 0;
      String shared = path();
      for (int i = 0; i < size; i++) {
        addRoute(i, onePath && random.nextInt(5) > 0 ? shared : random.nextInt(6) == 0 ? null : path(), rules, text);
      }
      compare(text.toString(), TestTables.table(text.toString()), new NaiveTable(rules));
    }
  }

  /// A table made from the one before, of which a few routes were changed, added, removed or moved.
  @Test
  void aTableMadeFromAnotherFindsWhatTheRulesSay() {
    var compiler = new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false);
    for (int done = 0; done < CHANGES; done += CHANGES_PER_TABLE) {
      var routes = new ArrayList<Written>();
      for (int i = random.nextInt(40); i >= 0; i--) {
        routes.add(written());
      }
      IndexedTable table = IndexedTable.empty();
      for (int change = 0; change < CHANGES_PER_TABLE; change++) {
        table = compiler.compile(routes.stream().map(Written::definition).toList(), table).table();
        var rules = new ArrayList<NaiveTable.Rule>();
        for (Written each : routes) {
          rules.add(new NaiveTable.Rule(each.rule.id(), each.rule.path(), each.rule.subtree(), each.rule.rank(), rules.size(), each.rule.others()));
        }
        String text = routes.stream().map(Written::text).collect(Collectors.joining());
        assertThat(table.routes()).extracting(Route::id).isEqualTo(routes.stream().map(each -> each.rule.id()).toList());
        compare(text, table, new NaiveTable(rules), LOOK_UPS_PER_CHANGE);
        for (int n = random.nextInt(4); n >= 0; n--) {
          change(routes);
        }
      }
    }
  }

  private record Written(NaiveTable.Rule rule, String text, RouteDefinition definition) {}

  private Written written() {
    var rules = new ArrayList<NaiveTable.Rule>();
    var text = new StringBuilder();
    addRoute(written++, random.nextInt(6) == 0 ? null : random.nextInt(3) == 0 ? "/a/b" : path(), rules, text);
    return new Written(rules.getFirst(), text.toString(), TestTables.definitions(text.toString()).getFirst());
  }

  private void change(List<Written> routes) {
    int at = random.nextInt(routes.size() + 1);
    switch (random.nextInt(at == routes.size() ? 1 : 8)) {
      case 0, 1 -> routes.add(at, written());
      case 2 -> routes.remove(at);
      case 3 -> routes.add(random.nextInt(routes.size()), routes.remove(at));
      default -> {
        Written other = written();
        NaiveTable.Rule rule = other.rule;
        String id = routes.get(at).rule.id();
        String text = other.text.replaceFirst("r\\d+:", id + ":");
        routes.set(at, new Written(new NaiveTable.Rule(id, rule.path(), rule.subtree(), rule.rank(), 0, rule.others()), text,
            TestTables.definitions(text).getFirst()));
      }
    }
  }

  private void compare(String text, IndexedTable table, NaiveTable rules) {
    compare(text, table, rules, LOOK_UPS_PER_TABLE);
  }

  private void compare(String text, IndexedTable table, NaiveTable rules, int lookUps) {
    for (int i = 0; i < lookUps; i++) {
      PlainRequest request = request();
      Match match = table.match(request, null);
      String found = match == null ? "-" : match.route().id() + Arrays.toString(match.values());
      String expected = rules.match(request);
      if (!found.equals(expected)) {
        fail("seed %d: %s %s %s: found %s, expected %s in%n%s", seed, request.method(), request.host(), request.path(), found, expected, text);
      }
      if (i == 0) {
        Match traced = table.match(request, (route, failing) -> {});
        assertThat(traced == null ? null : traced.route()).isSameAs(match == null ? null : match.route());
      }
    }
  }

  private void addRoute(int order, String path, List<NaiveTable.Rule> rules, StringBuilder text) {
    boolean subtree = path != null && random.nextInt(3) == 0;
    var predicates = new ArrayList<String>();
    Predicate<PlainRequest> meaning = r -> true;
    int rank = 0;
    if (path != null) {
      predicates.add((subtree ? "PathSubtree" : "Path") + "(\"" + path + "\")");
    }
    if (random.nextInt(3) == 0) {
      String method = METHODS[random.nextInt(METHODS.length)];
      predicates.add("Method(\"" + method + "\")");
      meaning = meaning.and(r -> r.method().equals(method));
      rank++;
    }
    // One of a kind each: some may not be repeated.
    int first = random.nextInt(CONDITIONS.size());
    for (int n = random.nextInt(3); n > 0; n--) {
      Condition condition = CONDITIONS.get((first + n * 4) % CONDITIONS.size());
      predicates.add(condition.text);
      meaning = meaning.and(condition.meaning);
      rank += condition.weight;
    }
    String id = "r" + order;
    text.append(id).append(": ").append(predicates.isEmpty() ? "*" : String.join(" && ", predicates)).append(" -> <shunt>;\n");
    rules.add(new NaiveTable.Rule(id, path, subtree, rank, order, meaning));
  }

  private String path() {
    var path = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      path.append('/').append(random.nextInt(3) == 0 ? ":w" + n : SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }
    int end = random.nextInt(5);
    return path + (end == 0 || path.isEmpty() ? "/" : "") + (end == 1 ? path.isEmpty() ? "*rest" : "/*rest" : "");
  }

  private PlainRequest request() {
    var target = new StringBuilder();
    for (int n = random.nextInt(5); n > 0; n--) {
      target.append(random.nextInt(20) == 0 ? "//" : "/").append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }
    if (target.isEmpty() || random.nextInt(4) == 0) {
      target.append('/');
    }
    var request = PlainRequest.of(METHODS[random.nextInt(METHODS.length)], target.toString())
        .header("Host", HOSTS[random.nextInt(HOSTS.length)]);
    int header = random.nextInt(4);
    return header == 0 ? request : request.header("X-A", String.valueOf(header));
  }
}
