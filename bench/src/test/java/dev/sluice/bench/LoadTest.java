package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadTest {
  @Test
  void readsWhatWrkPrints() {
    var load = Load.parse("""
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
    assertThat(load).isEqualTo(new Load(109818, 54909.12, 0.95, 7));
  }

  @Test
  void readsProc() {
    assertThat(ProcessUsage.cpuTicks("12 (a (b) c) S 1 1 1 0 -1 4194560 10 0 0 0 150 70 0 0 20 0 1 0 100")).isEqualTo(220);
    assertThat(ProcessUsage.residentKiB("Name:\tx\nVmHWM:\t  9999 kB\nVmRSS:\t  1234 kB\n")).isEqualTo(1234);
    assertThat(ProcessUsage.of(ProcessHandle.current()).residentKiB()).isPositive();
  }

  @Test
  void takesTheMiddle() {
    assertThat(Compare.median(new double[] {3, 1, 2})).isEqualTo(2);
    assertThat(Compare.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
  }
}
