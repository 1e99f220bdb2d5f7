package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassiveHealthTest {
  @Test
  void theFlagIsRead() {
    assertThat(PassiveHealth.of(Map.of())).isNull();
    assertThat(PassiveHealth.of(map("period=1m,min-requests=10,max-drop-probability=0.9")))
        .isEqualTo(new PassiveHealth(Duration.ofMinutes(1), 10, 0, 0.9, 1));
    assertThat(PassiveHealth.of(map("period=1.5s,min-requests=0,max-drop-probability=1.,min-drop-probability=.05,max-unhealthy-endpoints-ratio=0")))
        .isEqualTo(new PassiveHealth(Duration.ofMillis(1500), 0, 0.05, 1, 0));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      min-requests=1,max-drop-probability=0.5 | there is no "period"
      period=1m,min-requests=1 | there is no "max-drop-probability"
      period=1m,max-drop-probability=1 | there is no "min-requests"
      period=1m,min-requests=1,max-drop-probability=1,foo=1 | unknown key "foo"
      period=soon,min-requests=1,max-drop-probability=1 | period must be a duration such as "1m30s" (units ns, us, ms, s, m, h), not "soon"
      period=0s,min-requests=1,max-drop-probability=1 | period must be longer than zero, not "0s"
      period=-1s,min-requests=1,max-drop-probability=1 | period must be longer than zero, not "-1s"
      period=1m,min-requests=-1,max-drop-probability=1 | min-requests must be a whole number from 0 on, not "-1"
      period=1m,min-requests=1.5,max-drop-probability=1 | min-requests must be a whole number from 0 on, not "1.5"
      period=1m,min-requests=1,max-drop-probability=1.1 | max-drop-probability must be a number from 0 to 1, not "1.1"
      period=1m,min-requests=1,max-drop-probability=NaN | max-drop-probability must be a number from 0 to 1, not "NaN"
      period=1m,min-requests=1,max-drop-probability=1,max-unhealthy-endpoints-ratio=2 | max-unhealthy-endpoints-ratio must be a number from 0 to 1, not "2"
      period=1m,min-requests=1,max-drop-probability=0.5,min-drop-probability=0.5 | min-drop-probability must be below max-drop-probability
      """)
  void whatIsWrongIsNamed(String flag, String message) {
    assertThatThrownBy(() -> PassiveHealth.of(map(flag))).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static Map<String, String> map(String flag) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : flag.split(",")) {
      map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return map;
  }
}
