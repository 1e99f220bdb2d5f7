package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.PercentEncoding;
import dev.sluice.routes.args.Utf8Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Parameters of a query, to be changed and written anew: sorted by name, values of one name in their order, encoded as in forms. Pairs with a broken
/// escape or a semicolon are lost, as in the language's original.
final class Parameters {
  /// Names sort by their bytes.
  private final TreeMap<String, List<String>> values = new TreeMap<>(Parameters::compareBytes);

  static Parameters of(@Nullable String query) {
    var parameters = new Parameters();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&")) {
      if (pair.isEmpty() || pair.indexOf(';') >= 0) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = PercentEncoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PercentEncoding.decodeQuery(pair.substring(equals + 1));
      if (name != null && value != null) {
        parameters.values.computeIfAbsent(name, added -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  void set(String name, String value) {
    values.put(name, List.of(value));
  }

  void remove(String name) {
    values.remove(name);
  }

  void forEach(BiConsumer<String, List<String>> each) {
    values.forEach(each);
  }

  /// The query, or null when there are no parameters.
  @Nullable String encoded() {
    if (values.isEmpty()) {
      return null;
    }
    var query = new StringBuilder();
    values.forEach((name, all) -> {
      String encoded = PercentEncoding.query(name);
      for (String value : all) {
        query.append(query.isEmpty() ? "" : "&").append(encoded).append('=').append(PercentEncoding.query(value));
      }
    });
    return query.toString();
  }

  private static int compareBytes(String a, String b) {
    return Arrays.compareUnsigned(Utf8Bytes.encode(a), Utf8Bytes.encode(b));
  }
}
