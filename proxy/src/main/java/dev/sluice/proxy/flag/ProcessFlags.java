package dev.sluice.proxy.flag;

import java.time.Duration;
import java.util.List;

/// The process: where its settings come from, how it starts and ends.
public final class ProcessFlags {
  static final FlagGroup GROUP = new FlagGroup("Process");
  private static final FlagGroup.Rows BUILT = GROUP.built();

  public static final Flag<String> CONFIG_FILE =
      BUILT.text("config-file", "", "YAML file with flags: its keys are their names, and the command line wins over it");
  public static final Flag<List<String>> ENV_FILE =
      BUILT.repeated("env-file", "file with NAME=value lines, set before anything else is read, over the environment");
  public static final Flag<Boolean> EXPAND_ENV =
      BUILT.onOff("expand-env", false, "replace ${env.NAME} and ${env.NAME:-default} in flag values and in strings of routes");
  public static final Flag<Boolean> VERSION = BUILT.onOff("version", false, "print the version and end");
  public static final Flag<Duration> WAIT_FOR_HEALTHCHECK_INTERVAL = BUILT.seconds(
      "wait-for-healthcheck-interval", 45, "after SIGTERM or SIGINT, serve on for so long before the listeners are closed");
  public static final Flag<Duration> SHUTDOWN_TIMEOUT = BUILT.seconds(
      "shutdown-timeout", 30, "after the listeners are closed, requests under way have so long; then connections are closed");

  public static final Flag<Integer> EXPECTED_BYTES_PER_REQUEST = BUILT.integer(
      "expected-bytes-per-request", 51200, "memory per request, to derive the number of connections of -enable-tcp-queue from");

  static {
    var planned = GROUP.planned();
    planned.list("status-checks", "URLs that must answer 200 before the gateway listens");
    var ignored = GROUP.ignored("there are no Go plug-ins here: extensions are jars on the class path");
    ignored.text("plugindir", "", "folder with plug-ins");
    ignored.repeated("filter-plugin", "filter plug-ins");
    ignored.repeated("predicate-plugin", "predicate plug-ins");
    ignored.repeated("dataclient-plugin", "data client plug-ins");
    ignored.repeated("multi-plugin", "plug-ins of several kinds");
    var profiles = GROUP.ignored("the JVM has its own profilers: jcmd PID JFR.start");
    profiles.onOff("enable-profile", false, "profiles on the support listener");
    profiles.integer("block-profile-rate", 0, "rate of the profile of waiting");
    profiles.integer("mutex-profile-fraction", 0, "share of the profile of locks");
    profiles.integer("memory-profile-rate", 0, "rate of the memory profile");
    GROUP.ignored("route updates are never held back").onOff("dev-mode", false, "route updates at once");
    GROUP.ignored("buffers are always pooled").onOff("enable-copy-stream-pool", false, "pool of copy buffers");
  }

  private ProcessFlags() {}
}
