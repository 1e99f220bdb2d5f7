package dev.sluice.routes.args;

import dev.sluice.grammar.ByteText;
import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Text with placeholders `${NAME}`, filled from an exchange. Each placeholder is replaced once: what a client sent is never searched for further
/// placeholders. A placeholder whose value is empty counts as missing.
///
/// Names: `request.header.X`, `request.query.X`, `request.cookie.X`, `request.method`, `request.host`, `request.path`, `request.rawQuery`,
/// `request.source`, `request.sourceFromLast`, `request.clientIP`, `request.clientPort`, `request.proto`, `random.uuid`, in the response
/// phase `response.header.X`; any other name is a path parameter.
public final class Template {
  public static final ArgType<Template> ARGUMENT = ArgType.ofText("a text, possibly with placeholders", Template::of);

  /// The Host that filters set as if it were a request header; what `request.header.Host` means.
  public static final Key<String> HOST_HEADER = Key.of("request.header.Host", String.class);

  private static final Key<String> UUID_KEY = Key.of("random.uuid", String.class);

  private final String text;
  private final List<Part> parts;

  private Template(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /// Never fails: a malformed placeholder is plain text.
  public static Template of(String text) {
    var parts = new ArrayList<Part>();
    int plain = 0;
    int open = text.indexOf("${");
    while (open >= 0) {
      int close = open + 2;
      while (close < text.length() && text.charAt(close) != '{' && text.charAt(close) != '}') {
        close++;
      }
      if (close < text.length() && text.charAt(close) == '}' && close > open + 2) {
        if (open > plain) {
          parts.add(new Part(Source.PLAIN, text.substring(plain, open)));
        }
        parts.add(Part.of(text.substring(open + 2, close)));
        plain = close + 1;
        open = text.indexOf("${", plain);
      } else {
        open = text.indexOf("${", open + 2);
      }
    }
    if (plain < text.length()) {
      parts.add(new Part(Source.PLAIN, text.substring(plain)));
    }
    return new Template(text, List.copyOf(parts));
  }

  /// The filled text, or null when a value is missing. A template without placeholders is never missing, not even when it is empty.
  public @Nullable String render(Exchange exchange) {
    return render(exchange, true);
  }

  /// The filled text, with nothing where a value is missing.
  public String renderOrEmpty(Exchange exchange) {
    String rendered = render(exchange, false);
    return rendered == null ? "" : rendered;
  }

  /// The filled text as bytes, one character (up to U+00FF) for each, or null when a value is missing: header lines and cookies as they came, everything
  /// else as UTF-8. For hashes, which must not depend on how text is held here.
  public @Nullable String renderBytes(Exchange exchange) {
    String rendered = render(exchange, true);
    if (rendered == null || rendered.chars().allMatch(c -> c < 0x80)) {
      return rendered;
    }
    var filled = new StringBuilder(rendered.length() * 2);
    for (Part part : parts) {
      String value = part.value(exchange);
      if (value != null) {
        filled.append(part.isBytes(value) ? value : new String(ByteText.encode(value), StandardCharsets.ISO_8859_1));
      }
    }
    return filled.toString();
  }

  /// True when there is no placeholder.
  public boolean isPlain() {
    return parts.isEmpty() || parts.size() == 1 && parts.getFirst().source == Source.PLAIN;
  }

  private @Nullable String render(Exchange exchange, boolean all) {
    if (isPlain()) {
      return text;
    }
    if (parts.size() == 1) {
      String value = parts.getFirst().value(exchange);
      return value == null || value.isEmpty() ? all ? null : "" : value;
    }
    var filled = new StringBuilder(text.length() + 32);
    for (int i = 0; i < parts.size(); i++) {
      String value = parts.get(i).value(exchange);
      if (value != null && !value.isEmpty()) {
        filled.append(value);
      } else if (all) {
        return null;
      }
    }
    return filled.toString();
  }

  /// As written.
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Template template && template.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  private enum Source {
    PLAIN,
    REQUEST_HEADER,
    REQUEST_QUERY,
    REQUEST_COOKIE,
    METHOD,
    HOST,
    PATH,
    RAW_QUERY,
    FIRST_ADDRESS,
    LAST_ADDRESS,
    PEER,
    PEER_PORT,
    PROTOCOL,
    RANDOM_UUID,
    RESPONSE_HEADER,
    PARAMETER
  }

  /// @param name for PARAMETER and RESPONSE_HEADER the whole name of the placeholder; else what the source looks up
  private record Part(Source source, String name) {
    private static final String RESPONSE_HEADER = "response.header.";

    static Part of(String name) {
      Source source = switch (name) {
        case "request.method" -> Source.METHOD;
        case "request.host" -> Source.HOST;
        case "request.path" -> Source.PATH;
        case "request.rawQuery" -> Source.RAW_QUERY;
        case "request.source" -> Source.FIRST_ADDRESS;
        case "request.sourceFromLast" -> Source.LAST_ADDRESS;
        case "request.clientIP" -> Source.PEER;
        case "request.clientPort" -> Source.PEER_PORT;
        case "request.proto" -> Source.PROTOCOL;
        case "random.uuid" -> Source.RANDOM_UUID;
        default -> name.startsWith(RESPONSE_HEADER) ? Source.RESPONSE_HEADER : Source.PARAMETER;
      };
      if (name.startsWith("request.header.")) {
        return new Part(Source.REQUEST_HEADER, name.substring("request.header.".length()));
      }
      if (name.startsWith("request.query.")) {
        return new Part(Source.REQUEST_QUERY, name.substring("request.query.".length()));
      }
      if (name.startsWith("request.cookie.")) {
        return new Part(Source.REQUEST_COOKIE, name.substring("request.cookie.".length()));
      }
      return new Part(source, name);
    }

    /// Header lines hold a character for each byte, unless a filter has set text.
    boolean isBytes(String value) {
      return (source == Source.REQUEST_HEADER || source == Source.REQUEST_COOKIE || source == Source.RESPONSE_HEADER)
          && value.chars().allMatch(c -> c <= 0xFF);
    }

    @Nullable String value(Exchange x) {
      Request request = x.request();
      return switch (source) {
        case PLAIN -> name;
        case REQUEST_HEADER -> name.equalsIgnoreCase("Host") ? x.get(HOST_HEADER) : request.headers().first(name);
        case REQUEST_QUERY -> request.queryParameter(name);
        case REQUEST_COOKIE -> Cookies.first(request.headers(), name);
        case METHOD -> request.method();
        case HOST -> request.host();
        case PATH -> request.path();
        case RAW_QUERY -> request.query();
        case FIRST_ADDRESS -> orNil(ClientAddress.first(request));
        case LAST_ADDRESS -> orNil(ClientAddress.last(request));
        case PEER -> request.peerText();
        case PEER_PORT -> request.peerPort() < 0 ? null : Integer.toString(request.peerPort());
        case PROTOCOL -> request.protocol();
        case RANDOM_UUID -> uuid(x);
        case RESPONSE_HEADER -> x.hasResponse()
            ? x.response().headers().first(name.substring(RESPONSE_HEADER.length()))
            : x.parameter(name);
        case PARAMETER -> x.parameter(name);
      };
    }

    /// An unknown address is written as the language's original writes it.
    private static String orNil(String address) {
      return address.isEmpty() ? "<nil>" : address;
    }

    private static String uuid(Exchange x) {
      String uuid = x.get(UUID_KEY);
      if (uuid == null) {
        uuid = UUID.randomUUID().toString();
        x.put(UUID_KEY, uuid);
      }
      return uuid;
    }
  }
}
