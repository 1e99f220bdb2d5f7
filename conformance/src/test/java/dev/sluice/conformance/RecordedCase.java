package dev.sluice.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A case as it was recorded.
record RecordedCase(CaseId id, Members recorded) {

  /// Where a case stands. Its text form is `AREA/FILE.json: NAME`.
  record CaseId(String area, String file, String name) {
    @Override
    public String toString() {
      return area + "/" + file + ": " + name;
    }
  }

  private static final List<String> TIMED = List.of("at_least_ms", "at_most_ms", "parallel", "tally_bounds");
  private static final Pattern HASHES = Pattern.compile("hash|maglev", Pattern.CASE_INSENSITIVE);

  /// Whole groups of four characters, which is how far a text can be decoded whatever its length.
  private static final Pattern BASE64 = Pattern.compile("(?:[A-Za-z0-9_-]{4}){8,}");

  /// All cases of a folder of areas, in order.
  static List<RecordedCase> all(Path cases) throws IOException {
    List<RecordedCase> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(cases)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        String area = cases.relativize(file).getName(0).toString();
        Json.object(Files.readString(file, StandardCharsets.UTF_8)).map().forEach((name, recorded) ->
            all.add(new RecordedCase(new CaseId(area, file.getFileName().toString(), name), Members.of(recorded))));
      }
    }
    return all;
  }

  /// Whether its outcome depends on how busy the machine is.
  boolean isTimed() {
    return recorded.objects("steps").stream().anyMatch(step -> TIMED.stream().anyMatch(step::has));
  }

  /// Whether its outcome depends on the text of the ports: endpoints are chosen by a hash of their addresses, or a signed token
  /// names an address.
  boolean needsStandardPorts() {
    return recorded.has("steps")
        && (HASHES.matcher(recorded.text("routes", "") + recorded.list("flags") + recorded.get("files")).find()
            || isAddressEncoded());
  }

  private boolean isAddressEncoded() {
    return BASE64.matcher(recorded.map().toString()).results()
        .map(found -> new String(Base64.getUrlDecoder().decode(found.group()), StandardCharsets.ISO_8859_1))
        .anyMatch(decoded -> decoded.contains(PortBase.HOST + ":" + PortBase.STANDARD.base() / 1000));
  }
}
