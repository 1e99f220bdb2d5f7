package dev.sluice.extensions.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.extensions.etcd.EtcdServers.Member;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdServersTest {
  private static EtcdServers of(String url, String prefix) {
    return EtcdServers.of(List.of(url), prefix, Duration.ofSeconds(1), false, null);
  }

  @ParameterizedTest
  @CsvSource({
      "/skipper, /skipper/routes", "skipper, /skipper/routes", "/skipper/, /skipper/routes", "/a/b, /a/b/routes",
      "'', /routes", "/, /routes"})
  void theRoutesAreBelowThePrefix(String prefix, String root) {
    assertThat(of("http://e:2379", prefix).root()).isEqualTo(root);
  }

  @ParameterizedTest
  @CsvSource({
      "http://e:2379, http://e:2379", "https://e/, https://e", "http://e/sub/, http://e/sub", "' http://[::1]:1', 'http://[::1]:1'"})
  void addresses(String url, String base) {
    assertThat(of(url, "").members()).containsExactly(new Member(base, null));
  }

  @ParameterizedTest
  @CsvSource({"e:2379", "''", "/skipper", "ftp://e", "http://", "http://e?x=1", "http://e e", "http://u:secret@e e"})
  void whatIsNoAddress(String url) {
    assertThatThrownBy(() -> of(url, "")).isInstanceOf(ArgumentProblem.class)
        .hasMessage("-etcd-urls: \"" + url.replace("u:secret@", "") + "\" is no http or https address");
  }

  @Test
  void tokensGoBeforeNamesAndNamesBeforeAddresses() {
    assertThat(EtcdServers.authorization("t", "u", "p")).isEqualTo("Bearer t");
    assertThat(EtcdServers.authorization("", "u", "p")).isEqualTo("Basic dTpw");
    assertThat(EtcdServers.authorization("", "u", "")).isNull();
    assertThat(of("http://u:p@e:1", "").members()).containsExactly(new Member("http://e:1", "Basic dTpw"));
    assertThat(EtcdServers.of(List.of("http://u:p@e:1"), "", Duration.ZERO, false, "Bearer t").members())
        .containsExactly(new Member("http://e:1", "Bearer t"));
    assertThat(of("http://u:p@e:1", "").toString()).doesNotContain("dTpw", "u:p");
  }
}
