package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which forward proxy leads where.
class ForwardProxiesTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a.test          | 80   | http://p:1 | ''                        | p:1",
    "a.test          | 80   | p          | ''                        | p:80",
    "a.test          | 80   | ''         | ''                        | null",
    "a.test          | 80   | http://p:1 | *                         | null",
    "a.test          | 80   | http://p:1 | b.test, a.test            | null",
    "x.a.test        | 80   | http://p:1 | a.test                    | null",
    "xa.test         | 80   | http://p:1 | a.test                    | p:1",
    "a.test          | 80   | http://p:1 | .a.test                   | p:1",
    "x.a.test        | 80   | http://p:1 | .a.test                   | null",
    "x.a.test        | 80   | http://p:1 | *.a.test                  | null",
    "a.test          | 81   | http://p:1 | a.test:80                 | p:1",
    "a.test          | 80   | http://p:1 | a.test:80                 | null",
    "10.1.2.3        | 80   | http://p:1 | 10.0.0.0/8                | null",
    "11.1.2.3        | 80   | http://p:1 | 10.0.0.0/8                | p:1",
    "10.1.2.3        | 80   | http://p:1 | 10.1.2.3                  | null",
    "2001:db8::1     | 80   | http://p:1 | 2001:db8::/32             | null",
    "2001:db8::1     | 80   | http://p:1 | [2001:db8::1]:80          | null",
    "localhost       | 80   | http://p:1 | ''                        | null",
    "127.9.9.9       | 80   | http://p:1 | ''                        | null",
    "::1             | 80   | http://p:1 | ''                        | null"
  })
  void theEnvironmentSays(String host, int port, String http, String no, String expected) {
    ForwardProxies proxies = ForwardProxies.of(Map.of("http_proxy", http, "NO_PROXY", no));
    assertThat(String.valueOf(proxies.to(false, host, port))).isEqualTo(expected);
    assertThat(proxies.to(true, host, port)).isNull();
  }

  @Test
  void eachSchemeHasItsOwn() {
    ForwardProxies proxies = ForwardProxies.of(Map.of("HTTP_PROXY", "http://a:1", "HTTPS_PROXY", "http://b:2", "https_proxy", "http://c:3"));
    assertThat(proxies.to(false, "x.test", 80)).hasToString("a:1");
    assertThat(proxies.to(true, "x.test", 443)).hasToString("b:2");
  }

  @Test
  void inACgiProgramHttpProxyIsAHeaderOfTheClient() {
    assertThat(ForwardProxies.of(Map.of("HTTP_PROXY", "http://a:1", "REQUEST_METHOD", "GET")).to(false, "x.test", 80)).isNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "socks5://p:1      | a proxy is spoken to by http alone; write http://HOST:PORT",
    "https://p:1       | a proxy is spoken to by http alone; write http://HOST:PORT",
    "http://           | the proxy has no host; write http://HOST:PORT",
    "http://p:0        | the proxy has the port \"0\", which is no number from 1 to 65535",
    "http://p:x        | the proxy has the port \"x\", which is no number from 1 to 65535"
  })
  void whatIsNoProxyIsSaidSo(String url, String problem) {
    assertThatThrownBy(() -> ForwardProxies.all(url)).isInstanceOf(IllegalArgumentException.class).hasMessage(problem);
  }

  @Test
  void secretsAreNotShown() {
    assertThat(ForwardProxies.all("http://me:secret@p:1").toString()).doesNotContain("secret");
  }
}
