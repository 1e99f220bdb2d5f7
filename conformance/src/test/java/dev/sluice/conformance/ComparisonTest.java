package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each kind of difference is found, and what is not compared is not.
class ComparisonTest {

  private static final String MESSAGE = """
      {"status": 200, "headers": [["A", "1"], ["a", "2"]], "body": "b", "trailers": [["T", "t"]], "backend": "B1", "method": "GET", "target": "/"}""";

  /// Compares a message with itself after a change of its text, as an answer or as a request at the backend.
  private static List<String> problems(String kind, String change, String into, String stepMembers) {
    String changed = MESSAGE.replace(change, into);
    assertThat(changed).isNotEqualTo(MESSAGE);
    String one = kind.equals("upstream") ? "[" + MESSAGE + "]" : MESSAGE;
    String other = kind.equals("upstream") ? "[" + changed + "]" : changed;
    return Comparison.of(
        Json.object("{\"steps\": [{\"%s\": %s%s}]}".formatted(kind, one, stepMembers)),
        Json.object("{\"steps\": [{\"%s\": %s}]}".formatted(kind, other)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "response | 200       | 201        | step 1 response: status is 201, not 200",
      "response | \"b\"     | \"c\"      | step 1 response: body is \"c\", not \"b\"",
      "response | \"1\"     | \"3\"      | step 1 response: a is [\"3\", \"2\"], not [\"1\", \"2\"]",
      "response | [\"A\", \"1\"], |``    | step 1 response: a is [\"2\"], not [\"1\", \"2\"]",
      "response | [\"A\"    | [\"B\", \"0\"], [\"A\" | step 1 response: b is [\"0\"], not missing",
      "response | [\"T\", \"t\"] |``     | step 1 response: trailers are [], not [[\"T\", \"t\"]]",
      "response | \"status\" | \"cut\": true, \"status\" | step 1 response: cut is true, not missing",
      "upstream | GET       | PUT        | step 1 upstream: method is \"PUT\", not \"GET\"",
      "upstream | \"/\"     | \"/x\"     | step 1 upstream: target is \"/x\", not \"/\"",
      "upstream | B1        | B2         | step 1 upstream: backend is \"B2\", not \"B1\"",
      "upstream | \"b\"     | \"c\"      | step 1 upstream: body is \"c\", not \"b\"",
  })
  void differencesAreFound(String kind, String change, String into, String problem) {
    assertThat(problems(kind, change, into == null ? "" : into, "")).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "response | \"1\"     | \"3\"        | `, \"ignore\": [\"a\"]`",
      "response | \"b\"     | \"c\"        | `, \"ignore\": [\"Body\"]`",
      "response | \"b\"     | \"c\\nd\"    | `, \"match\": {\"body\": \"c.d\"}`",
      "response | \"1\"     | \"3\"        | `, \"match\": {\"A\": \"[0-9]\"}`",
      "response | [\"A\"    | [\"DATE\", \"x\"], [\"A\" | ``",
      "response | [\"A\"    | [\"Content-Length\", \"1\"], [\"A\" | ``",
      "upstream | [\"A\"    | [\"User-Agent\", \"x\"], [\"A\" | ``",
      "upstream | \"/\"     | \"/x\"       | `, \"match\": {\"target\": \"/.\"}`",
      "upstream | \"b\"     | \"c\"        | `, \"match\": {\"upstream_body\": \"c\"}`",
      "response | [\"A\", \"1\"], [\"a\", \"2\"] | [\"a\", \"1\"], [\"A\", \"2\"] | ``",
  })
  void whatIsNotComparedMayDiffer(String kind, String change, String into, String stepMembers) {
    assertThat(problems(kind, change, into, stepMembers)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "response | [\"A\"    | [\"User-Agent\", \"x\"], [\"A\" | ``",
      "upstream | \"b\"     | \"c\"        | `, \"ignore\": [\"body\"]`",
      "upstream | \"b\"     | \"c\"        | `, \"match\": {\"body\": \"c\"}`",
      "response | \"b\"     | \"cd\"       | `, \"match\": {\"body\": \"c\"}`",
      "response | \"1\"     | \"33\"       | `, \"match\": {\"A\": \"[0-9]\"}`",
      "response | [\"A\", \"1\"], [\"a\", \"2\"] | [\"a\", \"2\"], [\"A\", \"1\"] | ``",
  })
  void whatIsComparedMustNot(String kind, String change, String into, String stepMembers) {
    assertThat(problems(kind, change, into, stepMembers)).hasSize(1);
  }

  @Test
  void lengthsAreComparedWhereBothSidesGiveOne() {
    assertThat(Comparison.of(
        Json.object("{\"steps\": [{\"response\": {\"status\": 200, \"headers\": [[\"Content-Length\", \"1\"]]}}]}"),
        Json.object("{\"steps\": [{\"response\": {\"status\": 200, \"headers\": [[\"Content-Length\", \"2\"]], \"body\": \"x\"}}]}")))
        .containsExactly("step 1 response: content-length is [\"2\"], not [\"1\"]");
  }

  @Test
  void requestsAreCounted() {
    assertThat(Comparison.of(Json.object("{\"steps\": [{\"upstream\": []}]}"), Json.object("{\"steps\": [{\"upstream\": [" + MESSAGE + "]}]}")))
        .containsExactly("step 1: the backends saw 1 requests, not 0");
  }

  @Test
  void listsSetsAndTalliesAreCompared() {
    assertThat(Comparison.of(
        Json.object("{\"steps\": [{\"list\": [\"a\"], \"set\": [\"a\"], \"tally\": {\"a\": 1, \"b\": 2}}]}"),
        Json.object("{\"steps\": [{\"list\": [\"b\"], \"set\": [\"a\"], \"tally\": {\"b\": 2, \"a\": 1}}]}")))
        .containsExactly("step 1: list is [\"b\"], not [\"a\"]");
  }

  @Test
  void whatWasPrintedIsSearchedLineByLine() {
    Members seen = Json.object("{\"steps\": [], \"log\": \"one\\ntwo\"}");
    assertThat(Comparison.of(Json.object("{\"steps\": [], \"says\": [\"^one$\", \"one.two\"], \"says_not\": [\"two$\"]}"), seen)).containsExactly(
        "nothing printed matches \"^one$\": \"one\\ntwo\"",
        "nothing printed matches \"one.two\": \"one\\ntwo\"",
        "printed, but must not be: \"two$\"");
  }
}
