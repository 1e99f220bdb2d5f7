package dev.sluice.cli.gwctl;

import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.routes.source.StoredRoutes;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.ExtensionProvider;
import dev.sluice.routes.spi.RouteStore;
import dev.sluice.routes.spi.StoredRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;

/// Routes in etcd, as flags name them. An extension knows how to read and write them.
final class EtcdFlags {
  private static final String URLS = "http://127.0.0.1:2379,http://127.0.0.1:4001";
  private static final String PREFIX = "/skipper";

  private EtcdFlags() {}

  static CommandSpec declare(CommandSpec spec) {
    return spec
        .addOption(Options.text("etcd-urls", "URL,…", "servers of etcd; " + URLS + " unless given"))
        .addOption(Options.text("etcd-prefix", "PREFIX", "prefix of the keys, " + PREFIX + " unless given; the routes are in PREFIX/routes"))
        .addOption(Options.text("etcd-oauth-token", "TOKEN", "bearer token for etcd, beside one of these two"))
        .addOption(Options.onOff("insecure", "do not verify the certificates of etcd servers"));
  }

  /// Whether the flags name etcd.
  static boolean given(picocli.CommandLine.ParseResult args) {
    return !Options.text(args, "etcd-urls", "").isEmpty() || !Options.text(args, "etcd-prefix", "").isEmpty();
  }

  /// The store that the flags name, or the usual one.
  static RouteStore open(picocli.CommandLine.ParseResult args) throws UsageProblem {
    var address = new RouteStore.Address(
        "etcd",
        List.of(or(Options.text(args, "etcd-urls", ""), URLS).split(",")),
        or(Options.text(args, "etcd-prefix", ""), PREFIX),
        given(args) ? Options.text(args, "etcd-oauth-token", "") : "",
        Options.isOn(args, "insecure"));
    try {
      for (ExtensionProvider extension : ServiceLoader.load(ExtensionProvider.class)) {
        RouteStore store = extension.routeStore(address);
        if (store != null) {
          return store;
        }
      }
    } catch (ArgumentProblem e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), "write -etcd-urls http://HOST:2379, several separated by commas");
    }
    throw UsageProblem.usage("the extension for etcd is not installed", "keep routes in files");
  }

  /// The routes in etcd.
  static Texts read(picocli.CommandLine.ParseResult args) throws UsageProblem {
    try (RouteStore store = open(args)) {
      return texts(store.read());
    } catch (IOException e) {
      throw unreadable(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static UsageProblem unreadable(IOException why) {
    return UsageProblem.unreadable("routes cannot be read from etcd: " + why.getMessage(), "look whether etcd runs there: -etcd-urls URL,…");
  }

  static UsageProblem interrupted() {
    Thread.currentThread().interrupt();
    return UsageProblem.unreadable("interrupted", null);
  }

  private static Texts texts(List<StoredRoute> stored) {
    var results = new ArrayList<ParseResult>();
    var printable = new ArrayList<RouteNode>();
    for (StoredRoute route : stored) {
      ParseResult read = StoredRoutes.parse(route);
      results.add(read);
      printable.add(read.ok() ? read.file().routes().getFirst() : StoredRoutes.placeholder(route.id()));
    }
    return new Texts(results, printable);
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }
}
