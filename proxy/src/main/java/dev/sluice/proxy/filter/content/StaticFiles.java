package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.PercentEncoding;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers with files of a folder, as Go's file server does (RFC 9110 §13 and §14). Reads from the disk: on a thread that may wait.
final class StaticFiles {
  static final Verdict NOT_FOUND = plain(404, "404 page not found\n");
  private static final Verdict FORBIDDEN = plain(403, "403 Forbidden\n");
  private static final int IN_MEMORY = 64 * 1024;

  private final Path root;

  StaticFiles(Path root) {
    this.root = root;
  }

  /// @param name decoded path below the folder
  Verdict serve(Exchange x, String name) {
    if (name.indexOf('\0') >= 0) {
      return NOT_FOUND;
    }
    if (name.endsWith("/index.html") || name.equals("index.html")) {
      return redirect(x, "./");
    }
    try {
      Path file = root.resolve(name.replaceFirst("^/+", "")).normalize();
      if (!file.startsWith(root) || !Files.exists(file) || !file.toRealPath().startsWith(root)) {
        return NOT_FOUND;
      }
      return Files.isDirectory(file) ? folder(x, file, name) : ofFile(x, file, name);
    } catch (java.nio.file.AccessDeniedException e) {
      return FORBIDDEN;
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return NOT_FOUND;
    }
  }

  private Verdict ofFile(Exchange x, Path file, String name) throws IOException {
    if (name.endsWith("/")) {
      return redirect(x, "../" + PercentEncoding.path(file.getFileName().toString()));
    }
    return file(x, file);
  }

  private Verdict folder(Exchange x, Path folder, String name) throws IOException {
    if (!name.endsWith("/") && !(name.isEmpty() && x.request().path().endsWith("/"))) {
      String path = x.request().path();
      return redirect(x, PercentEncoding.path(path.substring(path.lastIndexOf('/') + 1)) + "/");
    }
    Path index = folder.resolve("index.html");
    if (Files.isRegularFile(index)) {
      return file(x, index);
    }
    Instant modified = modified(folder);
    if (Conditions.notModified(x.request().headers(), modified)) {
      return new Respond(Answer.of(304, new Header("Last-Modified", HttpDate.of(modified))));
    }
    byte[] listing = listing(folder).getBytes(StandardCharsets.UTF_8);
    return new Respond(new Answer(
        200,
        List.of(new Header("Content-Type", "text/html; charset=utf-8"), new Header("Last-Modified", HttpDate.of(modified))),
        listing));
  }

  private static String listing(Path folder) throws IOException {
    var page = new StringBuilder("<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n");
    try (Stream<Path> entries = Files.list(folder)) {
      entries.sorted(Comparator.comparing(entry -> entry.getFileName().toString())).forEach(entry -> {
        String name = entry.getFileName() + (Files.isDirectory(entry) ? "/" : "");
        String link = (name.indexOf(':') >= 0 ? "./" : "") + PercentEncoding.path(name);
        page.append("<a href=\"").append(escaped(link)).append("\">").append(escaped(name)).append("</a>\n");
      });
    }
    return page.append("</pre>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&#34;").replace("'", "&#39;");
  }

  private static Instant modified(Path file) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  private static Verdict file(Exchange x, Path file) throws IOException {
    Headers asked = x.request().headers();
    Instant modified = modified(file);
    Header lastModified = new Header("Last-Modified", HttpDate.of(modified));
    if (Conditions.failed(asked, modified)) {
      return new Respond(Answer.of(412, lastModified));
    }
    if (Conditions.notModified(asked, modified)) {
      return new Respond(Answer.of(304, lastModified));
    }
    long size = Files.size(file);
    String range = Conditions.rangeHolds(asked, modified) ? asked.first("Range") : null;
    ByteRange part = range == null ? new ByteRange(0, size, false) : ByteRange.parse(range, size);
    if (part == null || part.partial() && part.length() == 0) {
      return unsatisfied(part, size);
    }
    var headers = new ArrayList<Header>();
    headers.add(new Header("Accept-Ranges", "bytes"));
    headers.add(new Header("Content-Type", type(file)));
    headers.add(lastModified);
    if (part.partial()) {
      headers.add(new Header("Content-Range", "bytes " + part.from() + "-" + (part.to() - 1) + "/" + size));
    }
    return body(file, part, headers);
  }

  private static Verdict unsatisfied(@Nullable ByteRange part, long size) {
    var headers = new ArrayList<Header>();
    headers.add(new Header("Content-Type", "text/plain; charset=utf-8"));
    headers.add(new Header("X-Content-Type-Options", "nosniff"));
    String text = "invalid range\n";
    if (part != null) {
      headers.add(new Header("Content-Range", "bytes */" + size));
      text = "invalid range: failed to overlap\n";
    }
    return new Respond(new Answer(416, headers, text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Verdict body(Path file, ByteRange part, List<Header> headers) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    byte[] begin = new byte[(int) Math.min(part.length(), IN_MEMORY)];
    try {
      var room = ByteBuffer.wrap(begin);
      while (room.hasRemaining() && channel.read(room, part.from() + room.position()) >= 0) {
        // read on
      }
      if (room.hasRemaining()) {
        throw new IOException("the file became shorter");
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    BodyStep rest = null;
    if (part.length() > begin.length) {
      rest = new AppendedBody(new FileRest(channel, part.from() + begin.length, part.to()), part.length());
    } else {
      channel.close();
    }
    return new Respond(new Answer(part.partial() ? 206 : 200, headers, begin, rest));
  }

  private static String type(Path file) throws IOException {
    String known = FileTypes.byName(file.getFileName().toString());
    if (known != null) {
      return known;
    }
    try (var in = Files.newInputStream(file)) {
      return ContentSniffer.type(in.readNBytes(512));
    }
  }

  private static Verdict redirect(Exchange x, String location) {
    String query = x.request().query();
    return new Respond(Answer.of(301, new Header("Location", query == null || query.isEmpty() ? location : location + "?" + query)));
  }

  private static Verdict plain(int status, String text) {
    return new Respond(new Answer(
        status,
        List.of(new Header("Content-Type", "text/plain; charset=utf-8"), new Header("X-Content-Type-Options", "nosniff")),
        text.getBytes(StandardCharsets.US_ASCII)));
  }

  /// The part of a file that did not go with the head.
  private static final class FileRest implements AppendedBody.Rest {
    private final FileChannel channel;
    private final long to;
    private long at;

    FileRest(FileChannel channel, long from, long to) {
      this.channel = channel;
      this.at = from;
      this.to = to;
    }

    @Override
    public boolean fill(ByteBuffer room) throws IOException {
      if (room.remaining() > to - at) {
        room.limit(room.position() + (int) (to - at));
      }
      int count = channel.read(room, at);
      if (count < 0 && at < to) {
        throw new IOException("the file became shorter");
      }
      at += Math.max(0, count);
      return at < to;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
