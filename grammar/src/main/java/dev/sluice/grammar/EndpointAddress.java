package dev.sluice.grammar;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The address of one endpoint, taken apart: the query parameter `zone` is no part of it but names where the endpoint stands.
///
/// @param address the endpoint without its zone; the rest of a query that held one is encoded anew, sorted by key
/// @param zone empty when there is none
public record EndpointAddress(String address, String zone) {
  /// Takes an endpoint as written apart. The first value of `zone` counts; an empty one leaves the text untouched, as does a text
  /// that is no URL.
  public static EndpointAddress of(String written) {
    int query = written.indexOf('?');
    if (query < 0 || !written.contains("zone") || EndpointUrl.problem(written) != null) {
      return new EndpointAddress(written, "");
    }
    int fragment = written.indexOf('#', query);
    String rest = fragment < 0 ? "" : written.substring(fragment);
    var parameters = parameters(written.substring(query + 1, fragment < 0 ? written.length() : fragment));
    var zone = parameters.stream().filter(p -> p.key.equals("zone")).findFirst();
    if (written.lastIndexOf('#', query) >= 0 || zone.isEmpty() || zone.get().value.isEmpty()) {
      return new EndpointAddress(written, "");
    }
    var others = new StringBuilder();
    parameters.stream().filter(p -> !p.key.equals("zone")).sorted(Comparator.comparing(Parameter::key, ByteText::compare))
        .forEach(p -> others.append(others.isEmpty() ? '?' : '&').append(encode(p.key)).append('=').append(encode(p.value)));
    return new EndpointAddress(EndpointUrl.withLowerScheme(written.substring(0, query)) + others + rest, zone.get().value);
  }

  /// The endpoint with its zone, as it is printed.
  public String text() {
    if (zone.isEmpty()) {
      return address;
    }
    int fragment = address.indexOf('#');
    String base = fragment < 0 ? address : address.substring(0, fragment);
    return base + (base.indexOf('?') < 0 ? '?' : '&') + "zone=" + encode(zone) + address.substring(base.length());
  }

  private record Parameter(String key, String value) {}

  /// Parameters that can be decoded, in order; the others are dropped, as are those with a semicolon.
  private static List<Parameter> parameters(String query) {
    var parameters = new ArrayList<Parameter>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty() && pair.indexOf(';') < 0 && EndpointUrl.escapesAreSound(pair)) {
        parameters.add(new Parameter(
            decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    byte[] bytes = URLDecoder.decode(latin(text), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    return ByteText.decode(bytes, 0, bytes.length);
  }

  /// As Go's QueryEscape: all but letters, digits and `-_.~`; a blank becomes `+`.
  private static String encode(String text) {
    return URLEncoder.encode(latin(text), StandardCharsets.ISO_8859_1).replace("*", "%2A").replace("%7E", "~");
  }

  /// The text's bytes as one character each.
  private static String latin(String text) {
    return new String(ByteText.encode(text), StandardCharsets.ISO_8859_1);
  }
}
