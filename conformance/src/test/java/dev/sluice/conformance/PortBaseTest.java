package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Other ports than the recorded ones leave no trace in what was seen.
class PortBaseTest {

  private static final Path FOLDER = Path.of("/tmp/conformance-1");

  @Test
  void portsAndFolderAreWrittenBack() {
    assertThat(new PortBase(23_000).mask(Json.read("""
        {"http://127.0.0.1:23001": ["123001 230012 23001", "/tmp/conformance-1/x"], "status": 23001}"""), FOLDER))
        .isEqualTo(Json.read("""
        {"http://127.0.0.1:21001": ["123001 230012 21001", "${DIR}/x"], "status": 23001}"""));
    assertThat(PortBase.STANDARD.mask("23001", FOLDER)).isEqualTo("23001");
  }

  @Test
  void namesStandForAddresses() {
    assertThat(PortBase.STANDARD.names(FOLDER))
        .containsEntry("B8", "http://127.0.0.1:21008").containsEntry("P1", "127.0.0.1:21001").containsEntry("PORT2", "21002")
        .containsEntry("DEAD", "http://127.0.0.1:21099").containsEntry("DEAD_PORT", "21099").containsEntry("HOST", "127.0.0.1")
        .containsEntry("GATEWAY", "http://127.0.0.1:21100").containsEntry("GATEWAY_PORT", "21100")
        .containsEntry("SUPPORT", "http://127.0.0.1:21101").containsEntry("REDIS", "127.0.0.1:21102")
        .containsEntry("ETCD", "http://127.0.0.1:21103").containsEntry("DIR", "/tmp/conformance-1");
  }

  @Test
  void aBaseWithAListenerIsNotFree() throws IOException {
    PortBase ports = PortBase.others().getLast();
    try (ServerSocket listener = new ServerSocket()) {
      listener.bind(new InetSocketAddress(PortBase.HOST, ports.support()));
      assertThat(ports.isFree()).isFalse();
    }
    assertThat(ports.isFree()).isTrue();
  }

  @Test
  void aLockIsHeldOnce() throws IOException {
    PortBase ports = new PortBase(32_000);
    try (PortLock lock = PortLock.take(ports, 0).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(PortLock.take(ports, 0)).isEmpty();
    }
    PortLock.take(ports, 0).orElseThrow().close();
  }
}
