package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON is written as the recordings' own servers write it.
class JsonTest {

  @ParameterizedTest
  @ValueSource(strings = {
      "{\"a\": [1, -2, true, false, null, {}], \"b\": []}", "\"\\u00e9\\u0001\\n\\t\\r\\f\\b\\\\\\\"/\\u007f\"", "\"\\ud83d\\ude00\"",
      "1.5", "0.0001", "1e-05", "1e+16", "1.25e+20", "123456789.0", "-1e+300", "0.0"})
  void writesWhatItRead(String text) {
    assertThat(Json.write(Json.read(text))).isEqualTo(text);
  }

  @Test
  void keepsTheOrderOfMembers() {
    assertThat(Json.object("{\"b\":1,\"a\":2}").map().keySet()).containsExactly("b", "a");
  }
}
