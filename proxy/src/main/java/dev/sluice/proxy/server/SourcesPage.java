package dev.sluice.proxy.server;

import dev.sluice.proxy.observe.RoutesView;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Lists where routes come from and how that goes, and the routes that were left out with the place of the error, as JSON: one line for each.
final class SourcesPage {
  private static final int MOST_INVALID = 1024;

  private final Supplier<RoutesView> routes;

  SourcesPage(Supplier<RoutesView> routes) {
    this.routes = routes;
  }

  AdminAnswer answer() {
    RoutesView view = routes.get();
    String body = String.format(Locale.ROOT,
        "{\"table\":%d,\"switched\":%s,\"complete\":%b,\"routes\":%d,\"invalidRoutes\":%d,\n\"sources\":%s,\n\"invalid\":%s}\n",
        view.version(), time(view.created()), view.complete(), view.count(), view.invalid().size(),
        view.sources().stream().map(SourcesPage::source).collect(Collectors.joining(",\n", "[\n", "\n]")),
        view.invalid().stream().limit(MOST_INVALID).map(SourcesPage::invalid).collect(Collectors.joining(",\n", "[\n", "\n]")));
    return AdminAnswer.text(200, "application/json", body).with("Cache-Control", "no-store");
  }

  private static String source(RoutesView.Source source) {
    return String.format(Locale.ROOT,
        "{\"client\":%s,\"name\":%s,\"healthy\":%b,\"state\":%s,\"routes\":%d,\"updates\":%d,\"failures\":%d,\"updated\":%s}",
        RouteListing.string(source.client()), RouteListing.string(source.name()), source.healthy(), RouteListing.string(source.state()),
        source.routes(), source.updates(), source.failures(), time(source.updated()));
  }

  private static String invalid(RoutesView.InvalidRoute route) {
    return String.format(Locale.ROOT, "{\"route\":%s,\"reason\":%s,\"error\":%s,\"place\":%s}", RouteListing.string(route.route().id()),
        RouteListing.string(route.kind()), RouteListing.string(route.text()), RouteListing.string(route.place()));
  }

  private static String time(long seconds) {
    return seconds <= 0 ? "null" : '"' + Instant.ofEpochSecond(seconds).toString() + '"';
  }
}
