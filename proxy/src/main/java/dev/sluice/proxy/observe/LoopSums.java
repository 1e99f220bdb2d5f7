package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.AnswerHistograms.Cell;
import dev.sluice.proxy.observe.Histogram.Distribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all loops counted, added up when it is asked for.
final class LoopSums {
  private final LoopCounters[] loops;

  LoopSums(LoopCounters[] loops) {
    this.loops = loops;
  }

  /// Status and method of an answer; [Cell] says which values mean "no dimension".
  record Answer(int status, int method) implements Comparable<Answer> {
    private static final Comparator<Answer> ORDER =
        Comparator.comparingInt(Answer::status).thenComparing(Answer::methodName);

    String code() {
      return Integer.toString(status);
    }

    String methodName() {
      return method < 0 ? "" : MethodName.name(method);
    }

    @Override
    public int compareTo(Answer other) {
      return ORDER.compare(this, other);
    }
  }

  long total(ToLongFunction<LoopCounters> count) {
    long sum = 0;
    for (LoopCounters loop : loops) {
      sum += count.applyAsLong(loop);
    }
    return sum;
  }

  Distribution times(Function<LoopCounters, Histogram> histogram) {
    return sum(Stream.of(loops).map(histogram).toList());
  }

  Map<Answer, Distribution> responses() {
    return answers(Stream.of(loops).map(loop -> loop.responses).toList());
  }

  /// Counters by name, of all loops.
  <T> Map<String, List<T>> byName(Function<LoopCounters, Map<String, T>> named) {
    var all = new TreeMap<String, List<T>>();
    for (LoopCounters loop : loops) {
      named.apply(loop).forEach((name, value) -> all.computeIfAbsent(name, n -> new ArrayList<>(loops.length)).add(value));
    }
    return all;
  }

  /// The sum, or null when there is nothing to add or nothing was recorded.
  static <T> @Nullable Distribution times(List<T> parts, Function<T, @Nullable Histogram> histogram) {
    var histograms = new ArrayList<Histogram>(parts.size());
    for (T part : parts) {
      Histogram found = histogram.apply(part);
      if (found != null) {
        histograms.add(found);
      }
    }
    if (histograms.isEmpty()) {
      return null;
    }
    Distribution total = sum(histograms);
    return total.count() == 0 ? null : total;
  }

  static Map<Answer, Distribution> answers(List<AnswerHistograms> parts) {
    var all = new TreeMap<Answer, Distribution>();
    for (AnswerHistograms part : parts) {
      for (Cell cell : part.cells()) {
        cell.times().addTo(
            all.computeIfAbsent(new Answer(cell.status(), cell.method()), a -> new Distribution(cell.times().bounds())));
      }
    }
    return all;
  }

  private static Distribution sum(List<Histogram> histograms) {
    var total = new Distribution(histograms.getFirst().bounds());
    histograms.forEach(histogram -> histogram.addTo(total));
    return total;
  }
}
