package dev.sluice.proxy.loop;

/// What one loop has done since its start; for guard tests and metrics. Counted only where end points keep their read interest.
///
/// @param reads read system calls on sockets
/// @param writes write system calls on sockets
/// @param selects returns from select
/// @param interestChanges changes of a key's interest set
public record Counters(long reads, long writes, long selects, long interestChanges) {
  public Counters minus(Counters earlier) {
    return new Counters(
        reads - earlier.reads, writes - earlier.writes, selects - earlier.selects, interestChanges - earlier.interestChanges);
  }

  public Counters plus(Counters other) {
    return new Counters(
        reads + other.reads, writes + other.writes, selects + other.selects, interestChanges + other.interestChanges);
  }
}
