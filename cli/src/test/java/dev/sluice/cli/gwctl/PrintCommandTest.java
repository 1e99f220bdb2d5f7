package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `print -merged` and `print -tree`.
class PrintCommandTest {
  @TempDir
  Path folder;

  private Run run(int status, String... args) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl(args)).as(run.out() + run.err()).isEqualTo(status);
    return run;
  }

  @Test
  void mergedIsWhatTheGatewayRuns() throws IOException {
    Files.writeString(folder.resolve("a.gw"), "a: Path(\"/old\") -> <forward>;\nb: Path(\"/1\") -> <shunt>;\n");
    Files.writeString(folder.resolve("b.gw"), "b: Path(\"/2\") -> setPath(\"/x\") -> <shunt>;\n");
    var run = run(0, "print", "--merged", "a.gw", "b.gw", "-default-filters-prepend", "flowId()", "-default-filters-append", "status(201)",
        "-default-filters-append", "status(202)", "-clone-route", "#\"/old\"#\"/new\"#", "-edit-route", "/flowId[(][)]/flowId(\"reuse\")/",
        "-forward-backend-url", "http://forward.test");
    assertThat(run.out()).isEqualTo("""
        a: Path("/old") -> "http://forward.test";
        b: Path("/2") -> flowId("reuse") -> setPath("/x") -> status(201) -> status(202) -> <shunt>;
        clone_a: Path("/new") -> "http://forward.test";\
        """);
    assertThat(run.err()).startsWith("a.gw:2:1: warning: route \"b\" does not count: there is another of this id in b.gw [GW1024]\n");
  }

  @Test
  void mergedReadsTheConfigurationAndLeavesOutWhatCannotRun() throws IOException {
    Files.writeString(folder.resolve("c.yaml"), "default-filters-append: [\"status(201)\"]\ndisabled-filters: [setPath]\n");
    Files.writeString(folder.resolve("a.gw"), "a: * -> <shunt>;\nb: Path(\"/b\") -> setPath(\"/x\") -> <shunt>;\nf: Path(\"/f\") -> <forward>;\n");
    var run = run(ExitCodes.FINDINGS, "print", "--merged", "--config", "c.yaml", "-pretty", "a.gw");
    assertThat(run.out()).isEqualTo("a: *\n  -> status(201)\n  -> <shunt>;");
    assertThat(run.err()).contains(
        "a.gw:2:18: error: filter \"setPath\" is switched off here", "a.gw:3:18: error: <forward> has no address to go to");
  }

  @Test
  void treeShowsSegmentsAndRanks() throws IOException {
    Files.writeString(folder.resolve("a.gw"), """
        home: Path("/") -> <shunt>;
        item: Path("/shop/items/:id") -> "http://127.0.0.1:1";
        buy: Path("/shop/items/:id") && Method("POST") && Header("X-A", "b") -> "http://127.0.0.1:1";
        put: Path("/shop/items/:key") && Weight(1) -> <forward>;
        items: Path("/shop/items/") -> <shunt>;
        shop: PathSubtree("/shop") -> <shunt>;
        exact: Path("/shop") && Method("GET") -> status(204) -> <shunt>;
        files: Path("/shop/*file") -> <shunt>;
        low: Host(/x/) -> <loopback>;
        all: * -> <dynamic>;
        """);
    assertThat(run(0, "print", "--tree", "a.gw").out()).isEqualTo("""
        /
          home: * -> <shunt>
        /shop
          exact: Method("GET") -> <shunt>  rank 1
          shop and below: * -> <shunt>  rank 0
          /items
            /
              items: * -> <shunt>
            /:
              buy: Method("POST") && Header("X-A", "b") -> "http://127.0.0.1:1"  rank 2
              put: Weight(1) -> <forward>  rank 1
              item: * -> "http://127.0.0.1:1"  rank 0
          /*
            shop and below: * -> <shunt>  rank 0
            files: * -> <shunt>  rank 0
        any path, asked last
          low: Host(/x/) -> <loopback>  rank 1
          all: * -> <dynamic>  rank 0
        """);
  }

  @Test
  void treeOfSubtreesAtTheRootAndSlashesThatDoNotCount() {
    String routes = "a: PathSubtree(\"/\") -> <shunt>; b: Path(\"/x/\") -> <shunt>";
    assertThat(run(0, "print", "-tree", "-routes", routes).out()).isEqualTo("""
        /
          a and below: * -> <shunt>
        /x
          /
            b: * -> <shunt>
        """);
    assertThat(run(0, "print", "-tree", "-ignore-trailing-slash", "-routes", routes).out()).isEqualTo("""
        /
          a and below: * -> <shunt>
        /x
          b: * -> <shunt>
        """);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      print -forward-backend-url http://x a.gw       | -forward-backend-url changes nothing without -merged or -tree
      print -config c.yaml a.gw                      | -config changes nothing without -merged or -tree
      print -tree -json a.gw                         | -tree has a form of its own
      print -merged -forward-backend-url x -routes= | -forward-backend-url: address "x" has no scheme
      """)
  void wrongUse(String line, String message) {
    var run = run(ExitCodes.USAGE, line.split(" "));
    assertThat(run.err()).startsWith("error: " + message).contains("\n  help: ");
  }
}
