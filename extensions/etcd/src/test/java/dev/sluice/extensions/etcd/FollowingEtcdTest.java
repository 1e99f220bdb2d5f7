package dev.sluice.extensions.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.extensions.etcd.fixture.RealEtcd;
import dev.sluice.routes.spi.StoredRoute;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The data client with a real etcd.
class FollowingEtcdTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String ROUTES = "/skipper/routes/";

  @TempDir
  static Path folder;

  private static RealEtcd etcd;

  @BeforeAll
  static void start() throws Exception {
    etcd = RealEtcd.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (etcd != null) {
      etcd.close();
    }
  }

  @BeforeEach
  void first() throws Exception {
    etcd.put(ROUTES + "a", "* -> <shunt>");
  }

  @AfterEach
  void clean() throws Exception {
    etcd.deleteDirectory("/skipper");
  }

  @Test
  void followsWhatIsAddedChangedAndDeleted() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      etcd.put(ROUTES + "b", "Path(\"/b\") -> <shunt>");
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "Path(\"/b\") -> <shunt>"));
      etcd.put(ROUTES + "a", "Path(\"/ä\") -> <loopback>");
      followed.awaitRoutes(Map.of("a", "Path(\"/ä\") -> <loopback>", "b", "Path(\"/b\") -> <shunt>"));
      etcd.delete(ROUTES + "b");
      followed.awaitRoutes(Map.of("a", "Path(\"/ä\") -> <loopback>"));
      assertThat(followed.published().getLast().routes()).extracting(StoredRoute::text).extracting(text -> text.name())
          .containsExactly("etcd /skipper/routes/a");
    }
  }

  @Test
  void keysBelowADirectoryAreNoRoutes() throws Exception {
    etcd.put(ROUTES + "sub/x", "early");
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      etcd.put(ROUTES + "sub/y", "late");
      etcd.put(ROUTES + "other/deep/z", "late");
      etcd.deleteDirectory(ROUTES + "sub");
      etcd.put(ROUTES + "b", "last");
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "last"));
      assertThat(followed.published()).allSatisfy(snapshot ->
          assertThat(snapshot.routes()).extracting(StoredRoute::id).isSubsetOf("a", "b"));
    }
  }

  @Test
  void aDirectoryInPlaceOfAKeyTakesTheRouteAway() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      etcd.delete(ROUTES + "a");
      etcd.put(ROUTES + "a/below", "x");
      etcd.put(ROUTES + "b", "last");
      followed.awaitRoutes(Map.of("b", "last"));
    }
  }

  @Test
  void deletingTheDirectoryOrOneAboveTakesAllRoutesAway() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      for (String directory : new String[] {"/skipper/routes", "/skipper"}) {
        etcd.put(ROUTES + "a", "one");
        etcd.put(ROUTES + "b", "two");
        followed.awaitRoutes(Map.of("a", "one", "b", "two"));
        etcd.deleteDirectory(directory);
        followed.awaitRoutes(Map.of());
      }
      etcd.put(ROUTES + "c", "three");
      followed.awaitRoutes(Map.of("c", "three"));
    }
  }

  @Test
  void directoriesBesideItDoNotMatter() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      etcd.put("/skipper/routes2/x", "no");
      etcd.put("/skip/routes/y", "no");
      etcd.deleteDirectory("/skipper/routes2");
      etcd.deleteDirectory("/skip");
      etcd.put(ROUTES + "b", "last");
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "last"));
    }
  }

  @Test
  void routesExpire() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      etcd.putForSeconds(ROUTES + "b", "short", 1);
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "short"));
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
    }
  }

  @Test
  void beginsBeforeThereIsADirectory() throws Exception {
    etcd.deleteDirectory("/skipper");
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of());
      etcd.put(ROUTES + "a", "now");
      followed.awaitRoutes(Map.of("a", "now"));
    }
  }

  @Test
  void hundredsOfChangesAtOnceAllArrive() throws Exception {
    Map<String, String> expected = new HashMap<>();
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      for (int i = 0; i < 300; i++) {
        etcd.put(ROUTES + "r" + i % 100, "value " + i);
        expected.put("r" + i % 100, "value " + i);
      }
      etcd.delete(ROUTES + "a");
      followed.awaitRoutes(expected);
      assertThat(followed.published()).as("changes that come close together are published together").hasSizeLessThan(200);
    }
  }

  @Test
  void etcdForgetsOldChanges() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      for (int i = 0; i < 1100; i++) {
        etcd.put("/elsewhere", "value " + i);
      }
      etcd.put(ROUTES + "b", "after");
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "after"));
    }
  }

  @Test
  void keepsTheRoutesWhileEtcdIsAway() throws Exception {
    try (var followed = new Followed(TIMEOUT, etcd.url())) {
      followed.awaitRoutes(Map.of("a", "* -> <shunt>"));
      etcd.stop();
      await().atMost(Followed.SOON).until(() -> !followed.published().getLast().problems().isEmpty());
      assertThat(followed.routes()).containsOnlyKeys("a");
      etcd.startAgain();
      etcd.put(ROUTES + "b", "after");
      followed.awaitRoutes(Map.of("a", "* -> <shunt>", "b", "after"));
    }
  }
}
