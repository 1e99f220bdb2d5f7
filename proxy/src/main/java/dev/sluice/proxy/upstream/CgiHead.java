package dev.sluice.proxy.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// The head of a CGI program's answer (RFC 3875 §6.3): header lines, a line `Status` among them or not, and an empty one.
final class CgiHead {
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final HttpFields.Mutable fields = HttpFields.build();
  private int read;
  private int status;
  private boolean complete;
  private @Nullable String problem;

  CgiHead(int longest) {
    this.longest = longest;
  }

  /// Reads on; stops behind the empty line.
  void take(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !complete && problem == null) {
      byte b = bytes.get();
      if (++read > longest) {
        problem = "response head over " + longest + " bytes";
      } else if (b == '\n') {
        lineEnds();
      } else {
        line.write(b);
      }
    }
  }

  private void lineEnds() {
    String text = line.toString(StandardCharsets.ISO_8859_1);
    line.reset();
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    if (text.isEmpty()) {
      headEnds();
      return;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon);
    String value = text.substring(colon + 1).strip();
    if (!isToken(name) || value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
      problem = "malformed response: a bad line in the head";
    } else if (name.equalsIgnoreCase("Status")) {
      status(value);
    } else {
      fields.add(name, value);
    }
  }

  private static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(CgiHead::isTokenCharacter);
  }

  /// RFC 9110 §5.6.2.
  private static boolean isTokenCharacter(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private void status(String value) {
    boolean digits = value.length() >= 3 && value.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')
        && (value.length() == 3 || value.charAt(3) == ' ');
    status = digits ? Integer.parseInt(value.substring(0, 3)) : 0;
    if (status < 200) {
      problem = "malformed response: the status \"" + value + "\"";
    }
  }

  private void headEnds() {
    complete = true;
    if (status == 0 && fields.contains(HttpHeader.LOCATION)) {
      status = 302;
    } else if (status == 0 && fields.contains(HttpHeader.CONTENT_TYPE)) {
      status = 200;
    } else if (status == 0) {
      problem = "malformed response: neither Status nor Content-Type nor Location";
    }
  }

  boolean complete() {
    return complete;
  }

  /// What is wrong with it, or null.
  @Nullable String problem() {
    return problem;
  }

  int status() {
    return status;
  }

  HttpFields.Mutable fields() {
    return fields;
  }
}
