package dev.sluice.proxy.observe;

/// Counts of one requested host on one loop.
final class HostCounters {
  final Histogram answerSizes;
  final Histogram headSizes;
  final AnswerHistograms served;
  final AnswerHistograms count;

  HostCounters(long[] durations, long[] answers, long[] heads, long[] none) {
    this.answerSizes = new Histogram(answers);
    this.headSizes = new Histogram(heads);
    this.served = new AnswerHistograms(durations);
    this.count = new AnswerHistograms(none);
  }
}
