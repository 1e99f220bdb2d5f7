package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.declare.ArgumentBinder;
import dev.sluice.routes.declare.CatalogEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every example of a filter is a route text that reads and binds, and shows its filter.
class ExamplesTest {
  @Test
  void examplesParseAndBind() {
    for (CatalogEntry entry : Filters.CATALOG.entries()) {
      for (CatalogEntry.Example example : entry.examples()) {
        ParseResult parsed = RouteParser.parse(SourceText.of(entry.name(), example.text()));
        assertThat(parsed.diagnostics()).as(entry.name()).isEmpty();
        List<CallNode> calls = parsed.file().routes().stream().flatMap(route -> route.filters().stream()).toList();
        assertThat(calls).as(entry.name()).anyMatch(call -> call.name().equals(entry.name()));
        for (CallNode call : calls) {
          CatalogEntry called = Filters.CATALOG.filter(call.name());
          assertThat(called).as(call.name()).isNotNull();
          List<Diagnostic> problems = new ArrayList<>();
          Object first = ArgumentBinder.bind(called, call, parsed.file().source(), problems);
          assertThat(problems).as(entry.name()).isEmpty();
          Object second = ArgumentBinder.bind(called, call, parsed.file().source(), problems);
          assertThat(second).as("specs compare by value: " + call.name()).isEqualTo(first);
        }
      }
    }
  }
}
