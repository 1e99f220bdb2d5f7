package dev.sluice.proxy.limit;

import dev.sluice.routes.args.ClientAddress;
import dev.sluice.routes.spi.Request;
import java.util.List;

/// What identifies a client to a limit.
public sealed interface ClientKey {
  /// The key, or empty: the request is not limited.
  String of(Request request);

  /// From the text of a filter: empty for the client's address, the name of one header, or names separated by commas (no blanks), whose values are
  /// joined; in such a list `X-Forwarded-For` means the client's address.
  static ClientKey parse(String text) {
    if (text.isEmpty()) {
      return new Address();
    }
    if (text.indexOf(',') < 0) {
      return new OneHeader(text);
    }
    return new SeveralHeaders(List.of(text.split(",", -1)));
  }

  /// The first X-Forwarded-For address, else the peer's.
  record Address() implements ClientKey {
    @Override
    public String of(Request request) {
      return ClientAddress.first(request);
    }
  }

  /// The first line of a header.
  record OneHeader(String name) implements ClientKey {
    @Override
    public String of(Request request) {
      String value = request.headers().first(name);
      return value == null ? "" : value;
    }
  }

  record SeveralHeaders(List<String> names) implements ClientKey {
    @Override
    public String of(Request request) {
      var key = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        String value = name.equalsIgnoreCase("X-Forwarded-For") ? ClientAddress.first(request) : request.headers().first(name);
        key.append(value == null ? "" : value);
      }
      return key.toString();
    }
  }
}
