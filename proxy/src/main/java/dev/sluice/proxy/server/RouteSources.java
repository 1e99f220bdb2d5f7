package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.source.FileDataClient;
import dev.sluice.routes.source.FolderDataClient;
import dev.sluice.routes.source.HttpDataClient;
import dev.sluice.routes.source.InlineDataClient;
import dev.sluice.routes.source.RouteFeed;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.ExtensionProvider;
import dev.sluice.routes.spi.Services;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;

/// Where a gateway's routes come from, as the flags say, in Skipper's order: files, folders, addresses, inline, extensions.
final class RouteSources {
  private RouteSources() {}

  /// @param services what extensions make their data clients with
  /// @param directory what relative paths are relative to
  static RouteFeed.Settings of(GatewaySettings settings, Services services, Catalog catalog, Path directory, Logger log)
      throws StartProblem {
    List<DataClient> clients = clients(settings, directory);
    clients.addAll(fromExtensions(settings, services));
    return new RouteFeed.Settings(clients, catalog, preProcessing(settings),
        settings.routeOptions(), settings.get(RouteFlags.STRICT),
        !settings.get(RouteFlags.SUPPRESS_ROUTE_UPDATE_LOGS), log);
  }

  private static PreProcessing preProcessing(GatewaySettings settings) throws StartProblem {
    String forward = settings.get(BackendFlags.FORWARD_BACKEND_URL);
    try {
      return PreProcessing.of(settings.get(RouteFlags.DEFAULT_FILTERS_PREPEND), settings.get(RouteFlags.DEFAULT_FILTERS_APPEND),
          settings.get(RouteFlags.CLONE_ROUTE), settings.get(RouteFlags.EDIT_ROUTE), forward.isEmpty() ? null : forward);
    } catch (ArgumentProblem e) {
      throw new StartProblem(String.valueOf(e.getMessage()));
    }
  }

  private static List<DataClient> clients(GatewaySettings settings, Path directory) throws StartProblem {
    Duration poll = settings.get(RouteFlags.SOURCE_POLL_TIMEOUT);
    List<DataClient> clients = new ArrayList<>();
    for (String file : settings.get(RouteFlags.ROUTES_FILE)) {
      clients.add(new FileDataClient(directory.resolve(file), poll));
    }
    for (String place : settings.get(RouteFlags.ROUTES)) {
      Path path = directory.resolve(place);
      if (!Files.exists(path)) {
        throw new StartProblem("-routes: there is no file or folder \"" + place + "\"");
      }
      clients.add(Files.isDirectory(path) ? new FolderDataClient(path, poll) : new FileDataClient(path, poll));
    }
    for (String url : settings.get(RouteFlags.ROUTES_URLS)) {
      boolean http = url.startsWith("http:") || url.startsWith("https:");
      clients.add(http ? new HttpDataClient(uri(url), poll) : new FileDataClient(directory.resolve(url), poll));
    }
    String inline = settings.get(RouteFlags.INLINE_ROUTES);
    if (!inline.isEmpty()) {
      clients.add(new InlineDataClient("-inline-routes", inline));
    }
    return clients;
  }

  private static List<DataClient> fromExtensions(GatewaySettings settings, Services services) throws StartProblem {
    List<DataClient> clients = new ArrayList<>();
    try {
      for (ExtensionProvider extension : ServiceLoader.load(ExtensionProvider.class)) {
        clients.addAll(extension.dataClients(services));
      }
    } catch (ArgumentProblem e) {
      throw new StartProblem(String.valueOf(e.getMessage()));
    }
    if (!settings.get(RouteFlags.ETCD_URLS).isEmpty() && clients.stream().noneMatch(client -> client.name().startsWith("etcd "))) {
      throw new StartProblem("-etcd-urls: the extension for etcd is not installed");
    }
    return clients;
  }

  private static URI uri(String url) throws StartProblem {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // answered below
    }
    throw new StartProblem("-routes-urls: \"" + url + "\" is no http or https address");
  }
}
