package dev.sluice.routes.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.test", "A.test.:8080", "127.1", "0x7f.1", "[::1]", "[2001:db8::1]:443", "x_y", "", "a:b", "[::ffff:1.2.3.4]:1"})
  void acceptsNamesAndAddresses(String authority) {
    assertThat(Authority.problem(authority)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "a b, character in the host that must not stand there", "a/b, character in the host that must not stand there",
    "'a,b', character in the host that must not stand there", "a%00b, character in the host that must not stand there",
    "%65xample.com, character in the host that must not stand there", "ü, character in the host that must not stand there",
    "user@a, user information in the authority", "[::1, host has unbalanced brackets", "[], host has unbalanced brackets",
    "[::1%25eth0], address in brackets is no IPv6 address", "[::1]x, text behind the brackets of the host is no port",
    "[::1]:8x, text behind the brackets of the host is no port", "a]b, character in the host that must not stand there"
  })
  void refusesTheRest(String authority, String problem) {
    assertThat(Authority.problem(authority)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "SHOP.Example.:8080, shop.example", "a.test, a.test", "[::1]:8080, [::1]", "[::1], [::1]", "a.test:http, a.test", "a.., a.", "'', ''"
  })
  void normalizes(String authority, String host) {
    assertThat(Authority.normalize(authority)).isEqualTo(host);
  }
}
