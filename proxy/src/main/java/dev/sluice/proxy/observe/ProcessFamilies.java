package dev.sluice.proxy.observe;

import static dev.sluice.proxy.observe.MetricFamily.Type.COUNTER;
import static dev.sluice.proxy.observe.MetricFamily.Type.GAUGE;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// The process and its Java machine, under the names that Prometheus' libraries use.
final class ProcessFamilies {
  private ProcessFamilies() {}

  static List<MetricFamily> of() {
    var families = new ArrayList<MetricFamily>();
    var memory = ManagementFactory.getMemoryMXBean();
    families.add(new MetricFamily("jvm_memory_used_bytes", "Memory in use.", GAUGE)
        .add(memory.getHeapMemoryUsage().getUsed(), "area", "heap")
        .add(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap"));
    families.add(new MetricFamily("jvm_memory_committed_bytes", "Memory taken from the system.", GAUGE)
        .add(memory.getHeapMemoryUsage().getCommitted(), "area", "heap")
        .add(memory.getNonHeapMemoryUsage().getCommitted(), "area", "nonheap"));
    var collections = new MetricFamily("jvm_gc_collections_total", "Garbage collections.", COUNTER);
    var pauses = new MetricFamily("jvm_gc_collection_seconds_total", "Time of garbage collections.", COUNTER);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections.add(collector.getCollectionCount(), "gc", collector.getName());
      pauses.add(collector.getCollectionTime() / 1e3, "gc", collector.getName());
    }
    families.add(collections);
    families.add(pauses);
    families.add(new MetricFamily("jvm_threads_current", "Platform threads.", GAUGE)
        .add(ManagementFactory.getThreadMXBean().getThreadCount()));
    families.add(new MetricFamily("process_start_time_seconds", "When the process began, in seconds since 1970.", GAUGE)
        .add(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      families.add(new MetricFamily("process_cpu_seconds_total", "Processor time of the process.", COUNTER)
          .add(unix.getProcessCpuTime() / 1e9));
      families.add(new MetricFamily("process_open_fds", "Open file descriptors.", GAUGE)
          .add(unix.getOpenFileDescriptorCount()));
      families.add(new MetricFamily("process_max_fds", "Most open file descriptors.", GAUGE)
          .add(unix.getMaxFileDescriptorCount()));
    }
    return families;
  }
}
