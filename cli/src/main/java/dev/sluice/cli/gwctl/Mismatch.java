package dev.sluice.cli.gwctl;

import dev.sluice.routes.args.Cookies;
import dev.sluice.routes.model.QueryString;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.predicate.After;
import dev.sluice.routes.predicate.Before;
import dev.sluice.routes.predicate.Between;
import dev.sluice.routes.predicate.ClientIP;
import dev.sluice.routes.predicate.ContentLengthBetween;
import dev.sluice.routes.predicate.Cookie;
import dev.sluice.routes.predicate.Cron;
import dev.sluice.routes.predicate.False;
import dev.sluice.routes.predicate.Header;
import dev.sluice.routes.predicate.HeaderRegexp;
import dev.sluice.routes.predicate.Host;
import dev.sluice.routes.predicate.HostAny;
import dev.sluice.routes.predicate.Method;
import dev.sluice.routes.predicate.Methods;
import dev.sluice.routes.predicate.PathRegexp;
import dev.sluice.routes.predicate.QueryParam;
import dev.sluice.routes.predicate.Shutdown;
import dev.sluice.routes.predicate.Source;
import dev.sluice.routes.predicate.SourceFromLast;
import dev.sluice.routes.predicate.Tee;
import dev.sluice.routes.predicate.Traffic;
import dev.sluice.routes.predicate.TrafficSegment;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says what a request has where a predicate does not hold.
final class Mismatch {
  private Mismatch() {}

  /// A half sentence; null when there is nothing that helps.
  static @Nullable String of(PredicateSpec spec, AskedRequest asked) {
    Request request = asked.request();
    return switch (spec) {
      case Method _, Methods _ -> "the method is " + quoted(request.method());
      case Host _, HostAny _ -> request.host().isEmpty() ? "the request names no host" : "the host is " + quoted(request.host());
      case PathRegexp _ -> "the path is " + quoted(RequestPath.clean(request.path()));
      case Header(var name, var _) -> header(name.name(), request);
      case HeaderRegexp(var name, var _) -> header(name.name(), request);
      case Tee _ -> header(Tee.HEADER, request);
      case Cookie(var name, var _) -> value("cookie", name, Cookies.first(request.headers(), name));
      case QueryParam(var name, var _) -> values("query parameter", name, QueryString.all(request.query(), name));
      case Source _, SourceFromLast _ -> "the peer is " + asked.from() + ", " + header("X-Forwarded-For", request);
      case ClientIP _ -> "the peer is " + asked.from();
      case After _, Before _, Between _ -> "the time is " + asked.at();
      case Cron _ -> "the time is " + asked.at().atZone(ZoneId.systemDefault()).toOffsetDateTime();
      case ContentLengthBetween _ -> request.contentLength() < 0
          ? "the length of the body is not known beforehand"
          : "the length of the body is " + request.contentLength();
      case Traffic _, TrafficSegment _ -> "it leaves this to chance";
      case Shutdown _ -> "the gateway is not ending";
      case False _ -> "it never does";
      default -> null;
    };
  }

  /// Whether a predicate may hold for one request and not for the next one like it.
  static boolean isChance(PredicateSpec spec) {
    return spec instanceof Traffic || spec instanceof TrafficSegment;
  }

  /// In quotes, control characters replaced: a terminal must not obey them.
  static String quoted(String text) {
    return '"' + text.replaceAll("\\p{Cntrl}", "\uFFFD") + '"';
  }

  private static String header(String name, Request request) {
    return values("header", name, request.headers().all(name));
  }

  private static String value(String kind, String name, @Nullable String value) {
    return values(kind, name, value == null ? List.of() : List.of(value));
  }

  private static String values(String kind, String name, List<String> values) {
    return values.isEmpty()
        ? "there is no " + kind + " " + name
        : kind + " " + name + " is " + values.stream().map(Mismatch::quoted).collect(Collectors.joining(" and "));
  }
}
