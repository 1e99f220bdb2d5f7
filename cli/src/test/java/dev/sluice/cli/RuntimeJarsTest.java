package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the gateway brings along. A new jar is a decision: add it here in the same commit, with the reason.
class RuntimeJarsTest {
  private static final List<String> ALLOWED = List.of(
      "antlr4-runtime", // the route language
      "caffeine", // bounded maps of client keys
      "jackson-core", // JSON as a stream
      "jetty-alpn-client", // required by jetty-http2-client
      "jetty-http",
      "jetty-http2-client", // sessions with backends
      "jetty-http2-common",
      "jetty-http2-hpack",
      "jetty-http2-server", // sessions with clients
      "jetty-io",
      "jetty-server",
      "jetty-util",
      "jspecify", // annotations
      "logback-classic", // what libraries log
      "logback-core",
      "picocli", // gwctl
      "re2j", // regular expressions in linear time
      "slf4j-api",
      "snakeyaml-engine"); // the configuration file

  private static final Set<String> TEST_ONLY = Set.of(
      "apiguardian-api", "archunit", "archunit-junit5", "archunit-junit5-api", "archunit-junit5-engine", "archunit-junit5-engine-api",
      "assertj-core", "awaitility", "byte-buddy", "hamcrest", "junit-jupiter", "junit-jupiter-api", "junit-jupiter-engine",
      "junit-jupiter-params", "junit-platform-commons", "junit-platform-engine", "junit-platform-launcher", "opentest4j");

  @Test
  void theClassPathHoldsNothingElse() {
    Set<String> found = Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator))
        .map(entry -> Path.of(entry).getFileName().toString())
        .filter(name -> name.endsWith(".jar") && !name.startsWith("surefire") && !name.startsWith("sluice-"))
        .map(name -> name.replaceFirst("-[0-9].*\\.jar$", ""))
        .filter(name -> !TEST_ONLY.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).containsExactlyElementsOf(ALLOWED);
  }
}
