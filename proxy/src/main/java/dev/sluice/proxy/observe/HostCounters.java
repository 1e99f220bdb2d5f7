package dev.sluice.proxy.observe;

/// Counts of one requested host on one loop.
final class HostCounters {
  /// @param key the host as labels show it
  final String key;
  final Histogram answerSizes;
  final Histogram headSizes;
  final AnswerHistograms served;
  final AnswerHistograms count;

  HostCounters(String key, long[] durations, long[] answers, long[] heads, long[] none) {
    this.key = key;
    this.answerSizes = new Histogram(answers);
    this.headSizes = new Histogram(heads);
    this.served = new AnswerHistograms(durations);
    this.count = new AnswerHistograms(none);
  }
}
