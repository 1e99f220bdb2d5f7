package dev.sluice.proxy.filter.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Filters of cookies.
class CookiesTest {
  private static List<String> dropped(String name, String... lines) throws Exception {
    String[] headers = new String[lines.length * 2];
    for (int i = 0; i < lines.length; i++) {
      headers[2 * i] = "Cookie";
      headers[2 * i + 1] = lines[i];
    }
    FakeExchange x = FakeExchange.get("/", headers);
    Filters.running("dropRequestCookie(\"" + name + "\")").request(x);
    return x.request().headers().all("Cookie");
  }

  @Test
  void droppedFromTheRequest() throws Exception {
    assertThat(dropped("tracking", "a=1; tracking=xyz; b=2")).containsExactly("a=1; b=2");
    assertThat(dropped("tracking", "tracking=xyz")).isEmpty();
    assertThat(dropped("x", "a=1; x=2", "b=3; x=4")).containsExactly("a=1; b=3");
    assertThat(dropped("x", "a=1", "b=3")).containsExactly("a=1", "b=3");
    assertThat(dropped("Session", "session=1; Session=2")).containsExactly("session=1");
    assertThat(dropped("x", "a=b=c; x=1; q=\"quoted v\"; e=")).containsExactly("a=b=c; q=\"quoted v\"; e=");
  }

  private static List<String> set(String call, String host, String... headers) throws Exception {
    FakeExchange x = FakeExchange.get("/", headers.length == 0 ? new String[] {"Host", host} : new String[] {"Host", host, headers[0], headers[1]});
    Filters.running(call).response(x.answered(200));
    return x.response().headers().all("Set-Cookie");
  }

  @Test
  void setOnTheResponse() throws Exception {
    assertThat(set("responseCookie(\"v\", \"1\")", "www.example.org:8080")).containsExactly("v=1; Path=/; Domain=example.org; HttpOnly; Secure");
    assertThat(set("jsCookie(\"v\", \"1\", 0)", "localhost")).containsExactly("v=1; Path=/; Domain=localhost; Max-Age=0; Secure");
    assertThat(set("responseCookie(\"v\", \"1\", 10.9)", "[::1]:90")).containsExactly("v=1; Path=/; Max-Age=10; HttpOnly; Secure");
    assertThat(set("jsCookie(\"v\", \"1\")", "shop.co.uk")).containsExactly("v=1; Path=/; Domain=shop.co.uk; Secure");
    assertThat(set("jsCookie(\"v\", \"a b;c\")", "127.0.0.1")).containsExactly("v=\"a bc\"; Path=/; Secure");
    assertThat(set("jsCookie(\"v\", \"1\", 60, \"change-only\")", "a.test", "Cookie", "x=1; v=1")).isEmpty();
    assertThat(set("jsCookie(\"v\", \"1\", 60, \"change-only\")", "a.test", "Cookie", "v=2")).hasSize(1);
    assertThat(Filters.refusal("jsCookie(\"\", \"1\")")).containsExactly("jsCookie: name is no cookie name: \"\"");
  }

  @Test
  void droppedFromTheResponse() throws Exception {
    FakeExchange x = FakeExchange.get("/").answered(200,
        "Set-Cookie", "x=1",
        "Set-Cookie", "a=\"quoted value\"; expires=Wed, 01 Jan 2031 10:00:00 GMT; PATH=/p",
        "Set-Cookie", "b=1; Max-Age=0; SameSite=None; Secure; Partitioned; Foo=bar",
        "Set-Cookie", "c=; Domain=.example.org");
    Filters.running("dropResponseCookie(\"x\")").response(x);
    assertThat(x.response().headers().all("Set-Cookie")).containsExactly(
        "a=\"quoted value\"; Path=/p; Expires=Wed, 01 Jan 2031 10:00:00 GMT",
        "b=1; Max-Age=0; Secure; SameSite=None; Partitioned",
        "c=; Domain=example.org");
  }

  @Test
  void addedToTheRequest() throws Exception {
    FakeExchange x = FakeExchange.get("/", "Cookie", "a=1", "Cookie", "b=2");
    Filters.running("requestCookie(\"v\", \"a,b\")").request(x);
    assertThat(x.request().headers().all("Cookie")).containsExactly("a=1; b=2; v=\"a,b\"");
  }
}
