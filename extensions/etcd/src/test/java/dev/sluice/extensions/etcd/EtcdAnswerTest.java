package dev.sluice.extensions.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdAnswerTest {
  private static final String DIRECTORY = """
      {"action":"get","node":{"key":"/r","dir":true,"nodes":[{"key":"/r/a","value":"ä\\n","modifiedIndex":5,"createdIndex":4,"ttl":3},
      {"key":"/r/d","dir":true,"nodes":[{"key":"/r/d/x","value":"y"}],"modifiedIndex":6}],"modifiedIndex":4},"more":[{"x":[1]}]}""";

  private static EtcdAnswer parse(String text) throws IOException {
    return EtcdAnswer.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsADirectory() throws IOException {
    EtcdNode node = parse(DIRECTORY).node();
    assertThat(node).isEqualTo(new EtcdNode("/r", "", true, 4, List.of(
        new EtcdNode("/r/a", "ä\n", false, 5, List.of()),
        new EtcdNode("/r/d", "", true, 6, List.of(new EtcdNode("/r/d/x", "y", false, 0, List.of()))))));
  }

  @Test
  void readsAnError() throws IOException {
    assertThat(parse("{\"errorCode\":100,\"message\":\"Key not found\",\"cause\":\"/r\",\"index\":3}"))
        .isEqualTo(new EtcdAnswer("", null, 100, "Key not found"));
  }

  @Test
  void aPartOfADocumentIsNone() {
    byte[] whole = DIRECTORY.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> EtcdAnswer.parse(part)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "null", "[]", "1", "\"x\"", "{\"node\":7}", "{\"node\":{\"key\":7}}", "{\"node\":{\"nodes\":3}}", "{\"errorCode\":99999999999999999999}",
      "{\"node\":{\"key\":\"/a\",\"modifiedIndex\":1e400}"})
  void otherJsonIsNone(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(IOException.class)
        .hasMessage("the answer is not one of etcd's keys API of version 2");
  }

  @Test
  void depthIsBounded() {
    assertThatThrownBy(() -> parse("{\"node\":{\"nodes\":[".repeat(100_000))).isInstanceOf(IOException.class);
  }
}
