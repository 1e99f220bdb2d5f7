package dev.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process and its children have used so far, from `/proc`.
///
/// @param cpuTicks user and system time, in ticks of 1/100 s
/// @param residentKiB memory in use now
record ProcessUsage(long cpuTicks, long residentKiB) {
  static final double TICKS_PER_SECOND = 100;

  static ProcessUsage of(ProcessHandle process) {
    long ticks = 0;
    long resident = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      try {
        Path folder = Path.of("/proc", Long.toString(each.pid()));
        ticks += cpuTicks(Files.readString(folder.resolve("stat")));
        resident += residentKiB(Files.readString(folder.resolve("status")));
      } catch (NoSuchFileException e) {
        // It has just ended.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ProcessUsage(ticks, resident);
  }

  /// Fields 14 and 15; the name in field 2 may hold blanks and parentheses.
  static long cpuTicks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  static long residentKiB(String status) {
    return status.lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }
}
