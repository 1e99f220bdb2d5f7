package dev.sluice.proxy.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XxHash64Test {
  @Test
  void equalsTheReference() {
    assertThat(XxHash64.of(new byte[0])).isEqualTo(0xef46db3751d8e999L);
    assertThat(XxHash64.of("a".getBytes(UTF_8))).isEqualTo(0xd24ec4f1a98c6e5bL);
    assertThat(XxHash64.of("as".getBytes(UTF_8))).isEqualTo(0x1c330fb2d66be179L);
    assertThat(XxHash64.of("asd".getBytes(UTF_8))).isEqualTo(0x631c37ce72a97393L);
    assertThat(XxHash64.of("asdf".getBytes(UTF_8))).isEqualTo(0x415872f599cea71eL);
    assertThat(XxHash64.of("Call me Ishmael. Some years ago--never mind how long precisely-".getBytes(UTF_8))).isEqualTo(0x02a2e85470d6fd96L);
  }
}
