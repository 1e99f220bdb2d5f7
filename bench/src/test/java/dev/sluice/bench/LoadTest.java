package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void readsWhatWrkPrints() {
    var load = Wrk.parse("""
        Running 2s test @ http://127.0.0.1:19401/
          1 threads and 64 connections
          Latency Distribution
             50%    1.08ms
             99%  950.00us
          109818 requests in 2.00s, 25.03MB read
          Socket errors: connect 0, read 1, write 0, timeout 2
          Non-2xx or 3xx responses: 4
        Requests/sec:  54909.12
        Transfer/sec:     12.51MB
        """);
    assertThat(load).isEqualTo(new Load(109818, 0, 54909.12, 1.08, 0.95, 7));
  }

  @Test
  void readsWhatH2LoadPrints() {
    var load = H2Load.parse("""
        finished in 2.00s, 23117.50 req/s, 3.31MB/s
        requests: 46235 total, 46299 started, 46235 done, 46234 succeeded, 1 failed, 1 errored, 0 timeout
        status codes: 46235 2xx, 0 3xx, 0 4xx, 0 5xx
        """);
    assertThat(load).isEqualTo(new Load(46235, 0, 23117.5, 0, 0, 1));
  }

  @Test
  void chargesAServerThatStandsStillForAllThatWaited() throws IOException, InterruptedException {
    var once = new AtomicBoolean();
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> {
        try (var socket = server.accept()) {
          byte[] request = new byte[4096];
          while (socket.getInputStream().read(request) > 0) {
            if (!once.getAndSet(true)) {
              LockSupport.parkNanos(500_000_000L);
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
          }
        } catch (IOException e) {
          // The load is over.
        }
      });
      Load load = new ConstantRate("/", 1, 100).run(server.getLocalPort(), 1);
      assertThat(load.requests()).isEqualTo(100);
      assertThat(load.failed()).isZero();
      // Half of the requests were due within the first half second and waited for up to that long; a closed loop would report one slow answer.
      assertThat(load.p99Millis()).isGreaterThan(400);
      assertThat(load.p50Millis()).isLessThan(400);
    }
  }

  @Test
  void readsProc() {
    assertThat(ProcessUsage.cpuTicks("12 (a (b) c) S 1 1 1 0 -1 4194560 10 0 0 0 150 70 0 0 20 0 1 0 100")).isEqualTo(220);
    assertThat(ProcessUsage.residentKiB("Name:\tx\nVmHWM:\t  9999 kB\nVmRSS:\t  1234 kB\n")).isEqualTo(1234);
    assertThat(ProcessUsage.of(ProcessHandle.current()).residentKiB()).isPositive();
  }

  @Test
  void takesTheMiddle() {
    assertThat(Candidate.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Candidate.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
  }
}
