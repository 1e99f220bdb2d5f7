package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GwctlTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void reportsAllErrorsOfAllFilesInOneRun() throws IOException {
    write("r/a.gw", "a: Path(\"/a\") -> setPaht(\"/b\") -> <shunt>;\n");
    write("r/sub/b.gw", "b: Pth(\"/a\") -> status(200) -> \"nowhere\";\na: * -> <shunt>;\n");
    write("r/.hidden/c.gw", "not a route");
    write("r/notes.txt", "not a route");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "r")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("r/a.gw:1:18: error: unknown filter \"setPaht\" [GW2001]\n    1 | a: Path(\"/a\") -> setPaht(\"/b\") -> <shunt>;\n")
        .contains("did you mean setPath(")
        .contains("r/sub/b.gw:1:4: error: unknown predicate \"Pth\" [GW2002]\n")
        .contains("r/sub/b.gw:1:32: error: address \"nowhere\"")
        .contains("r/sub/b.gw:2:1: error: repeated route id \"a\" [GW1024]\n")
        .contains("  r/a.gw:1:1: note: first here\n")
        .endsWith("4 errors in 2 texts with 3 routes\n");
  }

  @Test
  void aRouteThatNeverTakesARequestIsShownWithTheOneThatDoes() throws IOException {
    write("r/a.gw", "// the shop\nshop: Path(\"/shop\") && Method(\"GET\") -> <forward>;\n");
    write("r/b.gw", "other: * -> <shunt>;\nnew: Method(\"GET\")\n  && Path(\"/shop\") -> <forward>;\n");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "r")).isEqualTo(ExitCodes.OK);
    assertThat(run.err()).isEqualTo("""
        r/b.gw:2:1: warning: route "new" never takes a request: a route before it has the same predicates [GW2109]
            2 | new: Method("GET")
              | ^^^
          r/a.gw:2:1: note: this one takes them
            2 | shop: Path("/shop") && Method("GET") -> <forward>;
              | ----
          help: remove one of the two, or change its predicates   gwctl doc GW2109
        no errors, 1 warning in 2 texts with 3 routes
        """);
  }

  /// As the gateway reads a folder: mounted configuration is full of links.
  @Test
  void linkedFoldersAreReadAndLoopsEnd() throws IOException {
    write("elsewhere/b.gw", "b: * -> <shunt>;\n");
    write("r/a.gw", "a: * -> <shunt>;\n");
    Files.createSymbolicLink(folder.resolve("r/linked"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("r/loop"), folder.resolve("r"));
    Files.createSymbolicLink(folder.resolve("r/c.gw"), folder.resolve("elsewhere/b.gw"));
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "r")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.err()).contains("r/linked/b.gw:1:1: error: repeated route id \"b\"").endsWith("1 error, 1 warning in 3 texts with 3 routes\n");
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    write("r/a.gw", "a: * -> <shunt>;\n");
    Files.createSymbolicLink(folder.resolve("r/gone.gw"), folder.resolve("nowhere"));
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "r")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).startsWith("error: no such file or folder: \"r/gone.gw\"\n");
  }

  @Test
  void warningsAreShownAndRefuseNothing() {
    var run = Run.in(folder, "a: * -> redirectTo(302, \"/x\") -> setPath(\"/y\") -> <shunt>;");
    assertThat(run.gwctl("check")).isEqualTo(ExitCodes.OK);
    assertThat(run.err())
        .startsWith("standard input:1:34: warning: \"setPath\" never runs: \"redirectTo\" before it answers the request [GW2009]\n")
        .endsWith("no errors, 1 warning in 1 text with 1 route\n");
  }

  @Test
  void findingsAsJson() {
    var run = Run.in(folder, "a: * -> nothing() -> <shunt>");
    assertThat(run.gwctl("check", "--format", "json", "-quiet")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).isEqualTo("""
        [{"code":"GW2001","severity":"error","message":"unknown filter \\"nothing\\"","file":"standard input","line":1,"column":9,"endLine":1,"endColumn":16,"route":"a"}]
        """);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void editsAndPlacesOfBrokenTextsAsJson() {
    var run = Run.in(folder, "a: * => <shunt>; // \u00e4\nb: * -> <shunt>; b:\n* -> <shunt>;");
    assertThat(run.gwctl("check", "--format", "json", "-quiet")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.out()).isEqualTo("""
        [{"code":"GW1005","severity":"error","message":"unexpected \\"=>\\"","file":"standard input","line":1,"column":6,"endLine":1,"endColumn":8,\
        "route":"a","help":"write \\"->\\"","edit":{"start":5,"end":7,"text":"->"}}]
        """);
    var labels = Run.in(folder, "b: * -> <shunt>; b:\n* -> <shunt>;");
    assertThat(labels.gwctl("check", "--format", "json", "-quiet")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(labels.out()).contains("\"labels\":[{\"text\":\"first here\",\"file\":\"standard input\",\"line\":1,\"column\":1,");
  }

  @Test
  void syntaxErrorsAreBadInput() {
    var run = Run.in(folder, "a: * -> ");
    assertThat(run.gwctl("check")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).startsWith("standard input:1:").endsWith("1 error in 1 text\n");
  }

  @Test
  void theGatewaysFlagsDecideWhatIsAllowed() throws IOException {
    write("c.yaml", "disabled-filters: [setPath]\n");
    write("a.gw", "a: * -> setPath(\"/b\") -> <forward>;");
    assertThat(Run.in(folder, "").gwctl("check", "a.gw")).isEqualTo(ExitCodes.OK);
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "a.gw", "-config", "c.yaml")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.err()).contains("filter \"setPath\" is switched off here", "<forward> has no address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check a.gw", "match GET /a a.gw", "explain GET /a a.gw", "print -merged a.gw"})
  void wrongSettingsOfTheGatewayAreWrongForEachCommand(String line) throws IOException {
    write("c.yaml", "forward-backend-url: nowhere\n");
    write("a.gw", "a: * -> <forward>;");
    var run = Run.in(folder, "");
    assertThat(run.gwctl((line + " -config c.yaml").split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).startsWith("error: -forward-backend-url: address \"nowhere\" has no scheme\n");
  }

  @Test
  void variablesInStringsAreExpandedWhenAsked() throws IOException {
    write("env", "HOST=a.example\nWINDOW=1m\n");
    write("a.gw", "a: * -> ratelimit(1, \"${env.WINDOW}\") -> <\"http://${env.HOST}:80\", \"http://${env.OTHER:-b.example}\">;");
    var plain = Run.in(folder, "");
    assertThat(plain.gwctl("check", "a.gw")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(plain.err()).contains("address \"http://${env.HOST}:80\"");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "-expand-env", "-env-file", "env", "a.gw")).as(run.err()).isZero();
    write("b.gw", "b: * -> setPath(\"/${env.SLUICE_TEST_UNSET}\") -> \"http://a.example\"; c: * -> <shunt>;");
    var unset = Run.in(folder, "");
    assertThat(unset.gwctl("check", "-expand-env", "b.gw")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(unset.err()).startsWith("b.gw:1:17: error: environment variable \"SLUICE_TEST_UNSET\" is not set [GW2108]\n").contains("1 error in 1 text");
  }

  @Test
  void coloursOnlyAtATerminalThatWantsThem() {
    var coloured = Run.atTerminal(folder, Map.of());
    coloured.gwctl("check", "-routes", "a");
    assertThat(coloured.err()).contains("\u001B[1;31merror:\u001B[0m");
    var plain = Run.atTerminal(folder, Map.of("NO_COLOR", "1"));
    plain.gwctl("check", "-routes", "a");
    assertThat(plain.err()).contains("error:").doesNotContain("\u001B");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ''                             | error: missing command
      -pretty print                  | error: missing command
      lint                           | error: unknown command "lint"
      chekc                          | error: unknown command "chekc"
      print -prety                   | error: unknown flag "-prety" of gwctl print
      print -indent                  | error: flag needs a value: -indent
      print -pretty -indent --- a.gw | error: -indent must be white space, not "---"
      print a.gw b.gw                | error: too many inputs: print takes one file or folder
      print -routes x a.gw           | error: too many inputs: -routes and a.gw
      check -format xml              | error: unknown format "xml"
      completion                     | error: completion needs the name of a shell
      doc setPaht                    | error: nothing is called "setPaht"
      doc GW9999                     | error: no finding has the code "GW9999"
      upsert -ids a -routes x        | error: unknown flag "-ids" of gwctl upsert
      delete -ids a -routes x        | error: too many inputs: -ids and routes
      delete -ids a,,b               | error: -ids: "" is no route id
      delete -ids a/b                | error: -ids: "a/b" is no route id
      print -etcd-urls http://e a.gw | error: too many inputs: etcd and a.gw
      print -etcd-urls e:2379        | error: -etcd-urls: "e:2379" is no http or https address
      fmt -etcd-urls http://e        | error: unknown flag "-etcd-urls" of gwctl fmt
      """)
  void wrongUse(String line, String message) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith(message + "\n").contains("\n  help: ");
  }

  @Test
  void routesThatAreAFileNameGetAHint() throws IOException {
    write("a.gw", "a: * -> <shunt>;");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("check", "-routes", "a.gw")).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).isEqualTo("""
        error: -routes takes the text of routes, but "a.gw" is a file
          help: leave -routes out: name the file alone
        """);
  }

  @Test
  void missingFilesAreBadInput() {
    var run = Run.in(folder, "");
    assertThat(run.gwctl("print", "none.gw")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.err()).startsWith("error: no such file or folder: \"none.gw\"\n");
  }

  @Test
  void aTerminalIsNotReadFrom() {
    var run = Run.atTerminal(folder, Map.of("NO_COLOR", "1"));
    assertThat(run.gwctl("fmt")).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).startsWith("error: no routes: standard input is a terminal\n");
  }

  @Test
  void aDashIsStandardInputAndFlagsMayFollow() {
    var run = Run.in(folder, "a: * -> <shunt>;");
    assertThat(run.gwctl("print", "-", "-pretty")).isZero();
    assertThat(run.out()).isEqualTo("a: *\n  -> <shunt>;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-help", "--help", "-h", "help"})
  void helpListsTheCommands(String flag) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl(flag)).isZero();
    assertThat(run.out()).contains("check", "print -pretty", "patch", "version");
  }

  @Test
  void eachCommandHasAHelpPage() {
    for (Command command : Gwctl.commands()) {
      for (String name : command.names()) {
        var run = Run.in(folder, "");
        assertThat(run.gwctl(name, "-help")).isZero();
        assertThat(run.out()).contains("gwctl " + command.names().getFirst());
      }
    }
  }

  @Test
  void describesFiltersAndCodes() {
    var run = Run.in(folder, "");
    assertThat(run.gwctl("describe", "setPath")).isZero();
    assertThat(run.out()).startsWith("setPath(").contains("filter");
    var code = Run.in(folder, "");
    assertThat(code.gwctl("doc", "gw2001")).isZero();
    assertThat(code.out()).contains("GW2001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void completionKnowsEveryCommand(String shell) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl("completion", shell)).isZero();
    for (Command command : Gwctl.commands()) {
      assertThat(run.out()).contains(command.names());
    }
  }

  @Test
  void laysFilesOutAndKeepsComments() throws IOException {
    write("a.gw", "// hi\na:Path(\"/a\")->setPath(\"/b\")   -> <shunt>");
    write("b.gw", "b: * -> <shunt>;\n");
    var check = Run.in(folder, "");
    assertThat(check.gwctl("fmt", "-check", ".")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(check.out()).isEqualTo("./a.gw\n");
    var write = Run.in(folder, "");
    assertThat(write.gwctl("fmt", "-write", "a.gw", "b.gw")).isZero();
    assertThat(write.out()).isEqualTo("a.gw\n");
    assertThat(Files.readString(folder.resolve("a.gw"))).startsWith("// hi\na:").endsWith("-> <shunt>;\n");
    var again = Run.in(folder, "");
    assertThat(again.gwctl("fmt", "-check", "a.gw", "b.gw")).as(again.out()).isZero();
    var broken = Run.in(folder, "a: * ->");
    assertThat(broken.gwctl("fmt")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(broken.out()).isEmpty();
  }
}
