package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The runner's plumbing: client, backends and steps against each other, with a gateway that only passes bytes on.
class CaseRunTest {

  private static List<String> problems(String recorded) throws IOException, InterruptedException {
    RecordedCase one = new RecordedCase(new CaseId("area", "file.json", "name"), Json.object(recorded));
    return new Lanes(Overlay.none(), new PassThrough(), id -> false).run(List.of(one)).get(0).problems();
  }

  private static List<String> problems(String backend, String steps) throws IOException, InterruptedException {
    return problems("""
        {"routes": "r: * -> \\"${B1}\\";", "backends": {"B1": %s}, "steps": [%s]}""".formatted(backend, steps));
  }

  @Test
  void backendsAnswerWithTheirNameAndAreSeen() throws Exception {
    assertThat(problems("{}", """
        {"request": {"method": "POST", "target": "/a?b", "headers": [["X-A", "1"], ["x-a", "2"]], "body": "é"},
         "response": {"status": 200, "headers": [["Content-Type", "text/plain"], ["Content-Length", "2"]], "body": "B1"},
         "upstream": [{"backend": "B1", "method": "POST", "target": "/a?b",
           "headers": [["Host", "gateway.test"], ["X-A", "1"], ["X-A", "2"], ["Content-Length", "1"]], "body": "é"}]}""")).isEmpty();
  }

  @Test
  void scriptsAnswerInOrderAndTheLastRepeats() throws Exception {
    assertThat(problems("""
        [{"status": 201, "headers": [["X-B", "${P1}"]], "body": "ab", "repeat_body": 3}, {"status": 204}, {"close": true}]""", """
        {"request": {}, "response": {"status": 201, "headers": [["X-B", "127.0.0.1:21001"], ["Content-Length", "6"]], "body": "ababab"}},
        {"request": {}, "response": {"status": 204, "headers": [["Content-Type", "text/plain"]], "body": ""}},
        {"request": {}, "response": {"closed": true}},
        {"request": {}, "response": {"closed": true}}""")).isEmpty();
  }

  @Test
  void chunksTrailersAndCutBodies() throws Exception {
    assertThat(problems("""
        [{"chunks": ["a", "", "bc"], "trailers": [["X-T", "t"]]}, {"chunks": ["a"], "cut": true}, {"body": "abcd", "cut": true},
         {"raw": "HTTP/1.1 103 Hints\\r\\nLink: l\\r\\n\\r\\nHTTP/1.0 200 OK\\r\\n\\r\\nto the end"}]""", """
        {"request": {}, "response": {"status": 200, "body": "a"}, "ignore": ["Content-Type"]},
        {"request": {}, "response": {"status": 200, "body": "", "cut": true}, "ignore": ["Content-Type"]},
        {"request": {}, "response": {"status": 200, "body": "ab", "cut": true}, "ignore": ["Content-Type"]},
        {"request": {}, "response": {"status": 200, "body": "to the end"}}"""))
        // An empty chunk ends the body, as the recordings' own server has it.
        .isEmpty();
    assertThat(problems("""
        {"chunks": ["a", "bc"], "trailers": [["X-T", "t"]]}""", """
        {"request": {}, "response": {"status": 200, "body": "abc", "trailers": [["x-t", "t"]]}, "match": {"Content-Type": "text/.*"}}"""))
        .isEmpty();
  }

  @Test
  void chunkedRequestsAndReflection() throws Exception {
    assertThat(problems("{\"reflect\": true}", """
        {"request": {"method": "PUT", "target": "/r", "headers": [["Transfer-Encoding", "chunked"], ["Expect", "100-continue"]], "body": "x\\u00ff"},
         "response": {"status": 200, "headers": [["Content-Type", "text/plain"]],
           "body": "{\\"method\\": \\"PUT\\", \\"target\\": \\"/r\\", \\"headers\\": [[\\"Host\\", \\"gateway.test\\"], [\\"Transfer-Encoding\\", \\"chunked\\"], [\\"Expect\\", \\"100-continue\\"]], \\"body\\": \\"x\\\\u00ff\\"}"}}"""))
        .isEmpty();
  }

  @Test
  void noAnswerInTimeAndDurations() throws Exception {
    assertThat(problems("{\"delay_ms\": 400}", """
        {"request": {}, "wait_ms": 100, "response": {"no_answer": true}, "at_most_ms": 350},
        {"request": {"method": "HEAD"}, "response": {"status": 200, "body": "", "headers": [["Content-Type", "text/plain"], ["Content-Length", "2"]]},
         "at_least_ms": 390}""")).isEmpty();
    assertThat(problems("{\"delay_ms\": 60}", "{\"request\": {}, \"at_most_ms\": 20}, {\"request\": {}, \"at_least_ms\": 3000}"))
        .hasSize(2).allMatch(problem -> problem.matches("step \\d: took \\d+ ms, not at (most 20|least 3000)"));
  }

  @Test
  void namedConnectionsStayOpenAndOthersEnd() throws Exception {
    assertThat(problems("[{\"body\": \"one\"}, {\"body\": \"two\", \"then_close\": true}, {\"body\": \"new\"}]", """
        {"request": {"connection": "c"}, "response": {"status": 200, "body": "one"}, "ignore": ["content-type"]},
        {"request": {"connection": "c"}, "response": {"status": 200, "body": "two"}, "ignore": ["content-type"]},
        {"request": {"connection": "c"}, "response": {"closed": true}},
        {"request": {"raw": "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"}, "response": {"status": 200, "body": "new"}, "ignore": ["content-type"]}"""))
        .isEmpty();
  }

  @Test
  void upgradedConnectionsEcho() throws Exception {
    assertThat(problems("{\"status\": 101, \"headers\": [[\"Upgrade\", \"x\"]]}", """
        {"request": {"after_upgrade": "ping"}, "response": {"status": 101, "headers": [["Upgrade", "x"]], "after_upgrade": "ping"}}"""))
        .isEmpty();
  }

  @Test
  void repeatedRequestsAreListedTalliedAndSorted() throws Exception {
    assertThat(problems("[{\"body\": \"a\"}, {\"body\": \"b\"}]", """
        {"request": {"target": "/{i}"}, "times": 3, "collect": "list", "list": ["200 a", "200 b", "200 b"]},
        {"request": {}, "times": 4, "parallel": true, "parallel_gap_ms": 5, "tally": {"200 b": 4}},
        {"request": {}, "times": 2, "collect": "set", "set": ["200 b"]},
        {"request": {}, "times": 2, "tally_bounds": {"200 b": [1, 2], "200 c": [0, 1]}}""")).isEmpty();
    assertThat(problems("{}", "{\"request\": {}, \"times\": 2, \"tally_bounds\": {\"200 x\": [1, 2]}}")).containsExactly(
        "step 1: 2 times \"200 B1\", not 0 to 0", "step 1: 0 times \"200 x\", not 1 to 2");
  }

  @Test
  void filesAreWrittenServedAndRemoved() throws Exception {
    assertThat(problems("""
        {"routes": "r: * -> \\"${B1}\\";", "files": {"sub/data.json": {"port": "${PORT1}"}},
         "backends": {"B1": {"headers": [], "body_file": "sub/data.json"}}, "steps": [
          {"request": {}, "response": {"status": 200, "body": "{\\"port\\": 21001}"}},
          {"write": {"sub/data.json": "${B2} ${DIR} ${request.path}"}},
          {"request": {}, "response": {"status": 200, "body": "http://127.0.0.1:21002 ${DIR} ${request.path}"}},
          {"remove": ["sub/data.json"], "request": {}, "response": {"status": 404, "body": ""}}]}""")).isEmpty();
  }

  @Test
  void savedTextsAreFilledIn() throws Exception {
    assertThat(problems("{\"headers\": [[\"Set-Cookie\", \"a=1\"], [\"Set-Cookie\", \"sess=xyz; Path=/\"]], \"body\": \"is 42\"}", """
        {"request": {}, "save": {"S": ["set-cookie", "sess=([^;]+)"], "N": ["body", "is (\\\\d+)"], "NONE": ["body", "(no)"]}},
        {"request": {"target": "/${S}/${N}/${NONE}/${OTHER}"}, "ignore": ["Host"],
         "upstream": [{"backend": "B1", "method": "GET", "target": "/xyz/42//${OTHER}", "body": ""}]}""")).isEmpty();
  }

  @Test
  void kubernetesApiServer() throws Exception {
    assertThat(problems("""
        {"routes": "r: * -> \\"${B1}\\";", "backends": {"B1": {"kubernetes": "objects.json"}}, "ignore": ["Content-Type"],
         "files": {"objects.json": [{"kind": "Service", "metadata": {"name": "s", "namespace": "n"}}, {"kind": "Service", "metadata": {}},
           {"kind": "Error", "resource": "secrets", "status": 403}]}, "steps": [
          {"request": {"target": "/api/v1/namespaces/n/services?x"}, "response": {"status": 200,
            "body": "{\\"kind\\": \\"ServiceList\\", \\"apiVersion\\": \\"v1\\", \\"metadata\\": {}, \\"items\\": [{\\"kind\\": \\"Service\\", \\"metadata\\": {\\"name\\": \\"s\\", \\"namespace\\": \\"n\\"}}]}"}},
          {"request": {"target": "/apis/networking.k8s.io/v1/ingresses"}, "response": {"status": 200,
            "body": "{\\"kind\\": \\"IngressList\\", \\"apiVersion\\": \\"networking.k8s.io/v1\\", \\"metadata\\": {}, \\"items\\": []}"}},
          {"request": {"target": "/apis/zalando.org/v1"}, "response": {"status": 200,
            "body": "{\\"kind\\": \\"APIResourceList\\", \\"groupVersion\\": \\"zalando.org/v1\\", \\"resources\\": [{\\"name\\": \\"routegroups\\", \\"kind\\": \\"RouteGroup\\", \\"namespaced\\": true}]}"}},
          {"request": {"target": "/api/v1/secrets"}, "response": {"status": 403, "body": "{}"}},
          {"request": {"target": "/api/v1/pods"}, "response": {"status": 404, "body": "{}"}}]}""")).isEmpty();
  }

  @Test
  void signalsLogsAndAddresses() throws Exception {
    assertThat(problems("""
        {"routes": "r: * -> \\"${B1}\\";", "flags": ["-print", "on ${GATEWAY_PORT}"], "says": ["on 21100"], "says_not": ["nothing like this"],
         "steps": [{"request": {"from": "127.0.0.7"}, "response": {"status": 200, "body": "B1"}, "ignore": ["content-type"]},
           {"signal": "TERM"}, {"request": {}, "response": {"closed": true}}]}""".replace("21100", "\\\\d\\\\d100"))).isEmpty();
  }

  @Test
  void gatewaysThatRefuseToStart() throws Exception {
    assertThat(problems("{\"flags\": [\"-refuse\", \"2\"], \"exit\": 1, \"says\": [\"-refuse\"]}")).isEmpty();
    assertThat(problems("{\"flags\": [\"-refuse\", \"0\"], \"exit\": 0}")).isEmpty();
    assertThat(problems("{\"flags\": [\"-refuse\", \"2\"], \"exit\": 0}")).singleElement().asString().startsWith("exit status is 2, not 0");
    assertThat(problems("{\"flags\": [\"-refuse\", \"2\"], \"steps\": []}"))
        .singleElement().asString().startsWith("the gateway stopped with status 2");
    assertThat(problems("{\"routes\": \"r: * -> \\\"${B1}\\\";\", \"exit\": 1}"))
        .containsExactly("the gateway runs, but must refuse to start");
  }

  @Test
  void toolsGetArgumentsAndInput() throws Exception {
    assertThat(problems("{\"tool\": [\"a\", \"${B1}\"], \"stdin\": \"in\", \"stdout\": \"a\\nhttp://127.0.0.1:21001\\nin\", \"says\": [\"^said\"]}"))
        .singleElement().asString().startsWith("nothing printed matches \"^said\"");
    assertThat(problems("{\"tool\": [\"b\", \"a\"], \"any_order\": true, \"stdout\": \"\\na\\nb\", \"says\": [\"said\"], \"before\": [[\"fail\"]]}")).isEmpty();
    assertThat(problems("{\"tool\": [\"fail\"], \"exit\": 1, \"terminal\": true, \"stdout\": \"fail\\na terminal\"}")).isEmpty();
    assertThat(problems("{\"tool\": [\"fail\"]}")).containsExactly("exit status is 3, not 0: \"said\"");
  }

  @Test
  void clientsSpeakTls() throws Exception {
    RecordedCase tls = ModuleFiles.cases().stream()
        .filter(one -> one.id().toString().equals("filters-special/tls.json: tls-pass-client-certificates")).findFirst().orElseThrow();
    Members recorded = tls.recorded().copy()
        .with("routes", "r: * -> \"${B1}\";")
        .with("steps", List.of(Json.object("""
            {"request": {"tls": true, "tls_name": "gateway.test", "tls_cert": "billing.pem"}, "response": {"status": 200, "body": "B1"},
             "ignore": ["content-type"]}""").map()));
    assertThat(problems(Json.write(recorded))).isEmpty();
  }
}
