package dev.sluice.proxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One case of a file in `bad-inputs`: a line `## ROW: what`, then
///
/// | line begins with | meaning |
/// | --- | --- |
/// | `flag` | a flag of the gateway, `name=value` |
/// | `route` | routes instead of one that takes everything; `$B` is the backend |
/// | `back` | what the backend answers instead of a 200; several are joined |
/// | `>` | bytes that the client sends, with `\r \n \t \0 \\ \xNN`; `>*N` N times; `>wait` waits until the backend has a head; `>end` shuts the client's output down; several are joined |
/// | `<` | status of an answer, or several with blanks; then what becomes of the connection: `closed`, `open` (another request works) or `any` |
/// | `<~` | a part of the last answer; `<!~` what it must not hold |
/// | `=` | request line that the backend got; one line for each request; `= nothing` |
/// | `=+`, `=-` | a header line that the backend got, in full; the name of one that it did not get |
/// | `=body` | body that the backend got |
/// | `=broken` | the backend saw the request break off, or nothing of it |
record BadInput(String row, String what, List<String[]> lines) {
  static List<BadInput> read(String name) {
    List<BadInput> cases = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(Path.of("src/test/resources/bad-inputs", name), StandardCharsets.UTF_8)) {
        if (line.startsWith("## ")) {
          int colon = line.indexOf(':');
          cases.add(new BadInput(line.substring(3, colon), line.substring(colon + 1).strip(), new ArrayList<>()));
        } else if (!line.isEmpty() && !line.startsWith("# ")) {
          int blank = line.indexOf(' ');
          cases.getLast().lines.add(blank < 0 ? new String[] {line, ""} : new String[] {line.substring(0, blank), line.substring(blank + 1)});
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  List<String> all(String directive) {
    return lines.stream().filter(line -> line[0].equals(directive)).map(line -> line[1]).toList();
  }

  boolean has(String directive) {
    return lines.stream().anyMatch(line -> line[0].equals(directive));
  }

  /// What the client sends by a line, byte for byte as Latin-1.
  static String sent(String[] line) {
    return line[0].equals(">") ? unescape(line[1])
        : line[0].startsWith(">*") ? unescape(line[1]).repeat(Integer.parseInt(line[0].substring(2))) : "";
  }

  static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = text.charAt(++i);
      switch (c) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case '0' -> out.append('\0');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return row + ": " + what;
  }
}
