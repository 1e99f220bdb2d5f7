package dev.sluice.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
  /// Published with the reference implementation (tests/sanity_test, seed 0), over its own sequence of bytes.
  @ParameterizedTest
  @CsvSource({"0, ef46db3751d8e999", "1, e934a84adb052768", "4, 9136a0dca57457ee", "14, 8282dcc4994e35c8", "222, b641ae8cb691c174"})
  void theVectorsOfTheReference(int length, String hash) {
    byte[] bytes = new byte[222];
    long next = 2_654_435_761L;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (next >>> 56);
      next *= 0x9E3779B185EBCA8DL;
    }
    assertThat(Long.toHexString(XxHash64.of(Arrays.copyOf(bytes, length)))).isEqualTo(hash);
  }

  @Test
  void knownTexts() {
    assertThat(of("a")).isEqualTo("d24ec4f1a98c6e5b");
    assertThat(of("abc")).isEqualTo("44bc2cf5ad770999");
    assertThat(of("Nobody inspects the spammish repetition")).isEqualTo("fbcea83c8a378bf1");
  }

  private static String of(String text) {
    return Long.toHexString(XxHash64.of(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
