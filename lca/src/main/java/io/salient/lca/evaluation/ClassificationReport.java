package io.salient.lca.evaluation;

/**
 * How well a classifier answers on some words: accuracy, macro F1, and precision, recall and F1 of
 * each label. Shares are 0..1; NaN stands for what is not defined.
 */
public final class ClassificationReport {
  private final long[] truths;
  private final long[] answers;
  private final long[] hits;
  private final int words;

  /**
   * Compares answers with the truth.
   *
   * @param labels number of labels
   * @param truth label code of each word
   * @param answer label code that was answered for it
   */
  public ClassificationReport(int labels, int[] truth, int[] answer) {
    truths = new long[labels];
    answers = new long[labels];
    hits = new long[labels];
    words = truth.length;
    for (int i = 0; i < words; i++) {
      truths[truth[i]]++;
      answers[answer[i]]++;
      if (truth[i] == answer[i]) {
        hits[truth[i]]++;
      }
    }
  }

  /** Number of words. */
  public int words() {
    return words;
  }

  /** Words whose true label it is. */
  public int count(int label) {
    return Math.toIntExact(truths[label]);
  }

  /** Share of right answers; NaN without words. */
  public double accuracy() {
    long right = 0;
    for (long hit : hits) {
      right += hit;
    }
    return ratio(right, words);
  }

  /** Share of right answers among those that say this label; NaN when none does. */
  public double precision(int label) {
    return ratio(hits[label], answers[label]);
  }

  /** Share of right answers among the words with this label; NaN when there are none. */
  public double recall(int label) {
    return ratio(hits[label], truths[label]);
  }

  /**
   * Harmonic mean of precision and recall; NaN when the label is neither true nor answered
   * anywhere.
   */
  public double f1(int label) {
    return ratio(2 * hits[label], truths[label] + answers[label]);
  }

  /** Mean F1 over the labels that are true for at least one word; NaN without words. */
  public double macroF1() {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < truths.length; label++) {
      if (truths[label] > 0) {
        sum += f1(label);
        present++;
      }
    }
    return present == 0 ? Double.NaN : sum / present;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
