package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;

/// Where routes come from, and what is done to them before they run.
public final class RouteFlags {
  static final FlagGroup GROUP = new FlagGroup("Routes");
  private static final FlagGroup.Rows BUILT = GROUP.built();

  public static final Flag<List<String>> ROUTES =
      BUILT.list("routes", "route files and folders, watched; folders are read with all below them (*.gw, *.eskip)");
  public static final Flag<List<String>> ROUTES_FILE = BUILT.list("routes-file", "route files, watched");
  public static final Flag<String> INLINE_ROUTES = BUILT.text("inline-routes", "", "routes as text");
  public static final Flag<List<String>> ROUTES_URLS =
      BUILT.list("routes-urls", "addresses to fetch routes from; the first fetch must succeed");
  public static final Flag<Duration> SOURCE_POLL_TIMEOUT =
      BUILT.bareMillis("source-poll-timeout", 3000, "how often sources are asked for changes, in milliseconds");
  public static final Flag<Boolean> WAIT_FIRST_ROUTE_LOAD =
      BUILT.onOff("wait-first-route-load", false, "listen only when every source has delivered once");
  public static final Flag<List<String>> ENSURE_DATACLIENTS = BUILT.list(
      "ensure-dataclients", "sources without which not to start: eskipfile-watch, eskipfile-remote, inline, etcd, kubernetes");
  public static final Flag<Boolean> STRICT =
      BUILT.onOff("strict", false, "refuse all routes of a source when one of them is wrong");
  public static final Flag<List<String>> DEFAULT_FILTERS_PREPEND =
      BUILT.filters("default-filters-prepend", "filters in front of those of every route");
  public static final Flag<List<String>> DEFAULT_FILTERS_APPEND =
      BUILT.filters("default-filters-append", "filters behind those of every route");
  public static final Flag<List<String>> DISABLED_FILTERS =
      BUILT.list("disabled-filters", "names of filters that routes may not use");
  public static final Flag<List<String>> EDIT_ROUTE =
      BUILT.edits("edit-route", "/regexp/replacement/ on the text of each predicate and filter of every route");
  public static final Flag<List<String>> CLONE_ROUTE =
      BUILT.edits("clone-route", "like -edit-route, but the changed route is added as clone_<id>");
  public static final Flag<Boolean> SUPPRESS_ROUTE_UPDATE_LOGS =
      BUILT.onOff("suppress-route-update-logs", false, "log only how many routes changed");

  public static final Flag<List<String>> ETCD_URLS = BUILT.list("etcd-urls", "etcd servers to read routes from (keys API of version 2)");
  public static final Flag<String> ETCD_PREFIX =
      BUILT.text("etcd-prefix", "/skipper", "prefix of the keys in etcd; the routes are in the directory PREFIX/routes");
  public static final Flag<Duration> ETCD_TIMEOUT = BUILT.seconds("etcd-timeout", 1, "longest time of a call to etcd");
  public static final Flag<Boolean> ETCD_INSECURE =
      BUILT.onOff("etcd-insecure", false, "do not verify the certificates of etcd servers");
  public static final Flag<String> ETCD_OAUTH_TOKEN = BUILT.text("etcd-oauth-token", "", "bearer token for etcd");
  public static final Flag<String> ETCD_USERNAME = BUILT.text("etcd-username", "", "user name for etcd, when there is no token");
  public static final Flag<String> ETCD_PASSWORD = BUILT.text("etcd-password", "", "password for etcd, when there is no token");

  static {
    var planned = GROUP.planned();
    planned.filters("route-server-filters", "filters in front of the route server's own handler");
    planned.onOff("enable-lua", false, "allow the filter lua");
    planned.list("lua-modules", "modules and symbols that Lua scripts may use");
    planned.list("lua-sources", "where Lua scripts may come from: file, inline, none");
  }

  private RouteFlags() {}
}
