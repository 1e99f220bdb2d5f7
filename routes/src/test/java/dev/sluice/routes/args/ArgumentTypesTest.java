package dev.sluice.routes.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.table.PlainRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Durations, addresses, headers, URLs.
class ArgumentTypesTest {
  @Test
  void durationsAreThoseOfGo() {
    Map<String, Long> nanos = Map.of(
        "1m30s", 90_000_000_000L, "1.5h", 5_400_000_000_000L, "100ms", 100_000_000L, "1µs", 1_000L, "1μs", 1_000L, "1us", 1_000L,
        "0", 0L, "-2ms", -2_000_000L, "+.5s", 500_000_000L, "1.s", 1_000_000_000L);
    nanos.forEach((text, value) -> assertThat(GoDuration.parse(text).toNanos()).as(text).isEqualTo(value));
    for (String bad : List.of("", "1", "s", ".s", "1h30", "1 s", "1d", "--1s", "1..5s", "-")) {
      assertThatThrownBy(() -> GoDuration.parse(bad)).as(bad).isInstanceOf(ArgumentProblem.class)
          .hasMessage("must be a duration such as \"1m30s\" (units ns, us, ms, s, m, h), not \"" + bad + "\"");
    }
    assertThatThrownBy(() -> GoDuration.parse("300000000h")).hasMessage("is too long: \"300000000h\"");
  }

  @Test
  void addressesAndNetworks() {
    assertThat(Cidr.parse("10.0.0.0/8").contains(ip("10.255.1.1"))).isTrue();
    assertThat(Cidr.parse("10.0.0.0/8").contains(ip("11.0.0.1"))).isFalse();
    assertThat(Cidr.parse("0.0.0.0/0").contains(ip("1.2.3.4"))).isTrue();
    assertThat(Cidr.parse("10.1.2.3").contains(ip("10.1.2.3"))).isTrue();
    assertThat(Cidr.parse("2001:db8::/33").contains(ip("2001:db8:7fff::1"))).isTrue();
    assertThat(Cidr.parse("2001:db8::/33").contains(ip("2001:db8:8000::1"))).isFalse();
    assertThat(Cidr.parse("10.0.0.0/8").contains(ip("::ffff:10.0.0.1"))).as("mapped addresses differ").isFalse();
    for (String bad : List.of("10.0.0", "10.0.0.256", "01.2.3.4", "10.0.0.0/33", "10.0.0.0/", "x", "", "::1%eth0", "::g", "1.2.3.4.5", "10.0.0.0/08")) {
      assertThatThrownBy(() -> Cidr.parse(bad)).as(bad).isInstanceOf(ArgumentProblem.class);
    }
    assertThat(ip("2001:DB8:0:0:1:0:0:1")).hasToString("2001:db8::1:0:0:1");
    assertThat(ip("::")).hasToString("::");
    assertThat(ip("1::")).hasToString("1::");
    assertThat(ip("1:0:2:3:4:5:6:7")).hasToString("1:0:2:3:4:5:6:7");
    assertThat(ip("::ffff:1.2.3.4")).hasToString("1.2.3.4");
  }

  private static IpAddress ip(String text) {
    IpAddress address = IpAddress.parse(text);
    assertThat(address).as(text).isNotNull();
    return address;
  }

  @Test
  void clientsAreFoundInForwardedFor() {
    assertThat(ClientAddress.first(PlainRequest.of("GET", "/").header("X-Forwarded-For", "10.0.0.1:81, 10.0.0.2"))).isEqualTo("10.0.0.1");
    assertThat(ClientAddress.first(PlainRequest.of("GET", "/").header("X-Forwarded-For", "[2001:DB8::1]:81"))).isEqualTo("2001:db8::1");
    PlainRequest blank = PlainRequest.of("GET", "/").header("X-Forwarded-For", "10.0.0.1 , 10.0.0.2");
    assertThat(ClientAddress.first(blank)).isEqualTo("10.0.0.1");
    assertThat(ClientAddress.last(blank)).isEqualTo("10.0.0.2");
  }

  @Test
  void headerNamesAreCanonical() {
    assertThat(new HeaderName("x-FLOW-id").name()).isEqualTo("X-Flow-Id");
    assertThatThrownBy(() -> new HeaderName("")).hasMessage("is no header name: \"\"");
  }

  @Test
  void urlsAreReadLeniently() {
    assertThat(UrlText.parse("HTTP://me:pw@a.test:81/x y/%2F?q=a b#f")).hasToString("http://a.test:81/x%20y/%2F?q=a%20b#f");
    assertThat(UrlText.parse("https://[::1]:81/").host()).isEqualTo("::1");
    for (String bad : List.of(":bad", "http://[::1", "http://bad host/", "http://a:b/", "/%zz", "a:b/c\n")) {
      assertThatThrownBy(() -> UrlText.parse(bad)).as(bad).isInstanceOf(ArgumentProblem.class);
    }
  }

  @Test
  void bytesThatAreNoTextSurvive() {
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, (byte) 0xa9, (byte) 0x80};
    assertThat(Utf8Bytes.encode(Utf8Bytes.decode(bytes, bytes.length))).isEqualTo(bytes);
    assertThat(PercentEncoding.query(Utf8Bytes.decode(bytes, bytes.length))).isEqualTo("a%FF%C3%A9%80");
    assertThat(PercentEncoding.decodeQuery("a%FF%C3%A9+%2B")).isEqualTo("a\udcffé +");
    assertThat(PercentEncoding.decodeQuery("%f")).isNull();
  }
}
