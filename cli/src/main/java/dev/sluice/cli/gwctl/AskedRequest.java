package dev.sluice.cli.gwctl;

import dev.sluice.proxy.exchange.Reception;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.server.ForwardedHeaders;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.proxy.server.ListenAddress;
import dev.sluice.proxy.server.StartProblem;
import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.args.Tokens;
import dev.sluice.routes.model.Authority;
import dev.sluice.routes.model.RequestTarget;
import dev.sluice.routes.table.PlainRequest;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The request that the command line describes, as a gateway would read it.
///
/// @param target as written
/// @param request what is looked up
/// @param at when
/// @param refusal why the gateway would refuse it before any route is asked, or null; then `request` means nothing
record AskedRequest(String target, PlainRequest request, Instant at, RequestTarget.@Nullable Refusal refusal) {

  static CommandSpec declare(CommandSpec spec) {
    return spec
        .addOption(Options.several("'NAME: VALUE'", "a header of the request; may stand several times", "-H", "-header", "--header"))
        .addOption(Options.text("from", "IP", "address that the request comes from; 127.0.0.1 unless given"))
        .addOption(Options.text("at", "TIME", "when it comes, such as 2030-01-31T12:00:00Z; now unless given"));
  }

  static AskedRequest read(String method, String target, ParseResult args, GatewaySettings settings) throws UsageProblem {
    if (!Tokens.isToken(method)) {
      throw UsageProblem.usage("\"" + method + "\" is no method", "write the method first: GET /path FILE");
    }
    boolean strict = settings.get(RequestFlags.STRICT_HTTP);
    var options = new RequestTarget.Options(
        strict, settings.get(RequestFlags.RFC_PATCH_PATH), settings.get(RequestFlags.VALIDATE_QUERY));
    if (!target.startsWith("/") && !target.startsWith("http://") && !target.startsWith("https://")) {
      throw UsageProblem.usage("\"" + target + "\" is neither a path nor a URL", "write /path or http://host/path");
    }
    RequestTarget parsed = RequestTarget.parse(target, options);
    Instant at = at(Options.text(args, "at"));
    if (parsed.refusal() != null) {
      return new AskedRequest(target, PlainRequest.of(method, "/"), at, parsed.refusal());
    }
    String query = parsed.query();
    PlainRequest request = PlainRequest.of(method, parsed.encodedPath() + (query == null ? "" : "?" + query), options)
        .secure("https".equals(parsed.scheme()))
        .peer(from(Options.text(args, "from", "127.0.0.1")), 50_000);
    String host = parsed.authority();
    for (String line : Options.several(args, "-H")) {
      String[] header = header(line);
      if (!header[0].equalsIgnoreCase("Host")) {
        addTo(request, header[0], header[1]);
      } else if (host == null) {
        host = header[1];
      }
    }
    if (host != null && Authority.problem(host) != null) {
      return new AskedRequest(target, request, at, new RequestTarget.Refusal(400, "malformed host"));
    }
    if (host != null) {
      request.header("Host", settings.get(RequestFlags.NORMALIZE_HOST) ? Authority.normalize(host) : host);
    }
    forwarded(request, target, settings);
    return new AskedRequest(target, request, at, null);
  }

  /// What the gateway does to the headers that tell where a request comes from.
  private static void forwarded(PlainRequest request, String target, GatewaySettings settings) throws UsageProblem {
    try {
      int port = ListenAddress.parse(ListenerFlags.ADDRESS.name(), settings.get(ListenerFlags.ADDRESS)).getPort();
      ForwardedHeaders.of(settings).apply(request, new Reception() {
        @Override
        public String receivedTarget() {
          return target;
        }

        @Override
        public int localPort() {
          return port;
        }

        @Override
        public void dropForwarding() {
          var names = new HashSet<String>();
          request.headers().forEach((name, value) -> names.add(name));
          names.stream().filter(Reception::tellsOfTheClient).forEach(request.headers()::remove);
        }
      });
    } catch (StartProblem e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), null);
    }
  }

  private static void addTo(PlainRequest request, String name, String value) throws UsageProblem {
    request.header(name, value);
    if (name.equalsIgnoreCase("Transfer-Encoding")) {
      request.contentLength(-1);
    } else if (name.equalsIgnoreCase("Content-Length")) {
      if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw UsageProblem.usage("Content-Length: \"" + value + "\" is no number of bytes", "write -H 'Content-Length: 12'");
      }
      request.contentLength(Long.parseLong(value));
    }
  }

  private static String[] header(String line) throws UsageProblem {
    int colon = line.indexOf(':');
    if (colon < 1 || !Tokens.isToken(line.substring(0, colon)) || line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw UsageProblem.usage("-H: \"" + line + "\" is no header line", "write -H 'Name: value'");
    }
    return new String[] {line.substring(0, colon), line.substring(colon + 1).strip()};
  }

  private static InetAddress from(String text) throws UsageProblem {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw UsageProblem.usage("-from: \"" + text + "\" is no IP address", "write -from 192.0.2.7");
    }
  }

  private static Instant at(@Nullable String text) throws UsageProblem {
    if (text == null) {
      return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw UsageProblem.usage("-at: \"" + text + "\" is no time with an offset", "write -at 2030-01-31T12:00:00Z or 2030-01-31T13:00:00+01:00");
    }
  }

  /// The request as filters have changed it.
  AskedRequest again(PlainRequest changed) {
    return new AskedRequest(changed.encodedPath() + (changed.query() == null ? "" : "?" + changed.query()), changed, at, null);
  }

  /// The request in one line.
  String line() {
    return request.method() + " " + target + (request.host().isEmpty() || !target.startsWith("/") ? "" : " of host " + request.host())
        + " from " + from() + " at " + at;
  }

  /// The address that it comes from.
  String from() {
    return IpAddress.of(request.peer()).toString();
  }
}
