package io.salient.lca.evaluation;

import io.salient.lca.SentenceGroups;
import io.salient.lca.probe.Answers;
import io.salient.lca.probe.GroupedAnswers;
import java.util.Arrays;
import smile.stat.distribution.TDistribution;

/**
 * What one probe is right on more often than another on the same words, with its standard error
 * over groups of sentences: L = sum_g d_g / sum_g w_g, d_g the difference of right answers among
 * the w_g words of group g. The words of a group are alike, and both probes see the same ones, so
 * that neither words nor accuracies by themselves tell how far L may be off.
 *
 * @param loss L, a difference of accuracies
 * @param error of L, linearised: sqrt(G / (G - 1) sum_g (d_g - L w_g)^2) / sum_g w_g
 * @param groups G
 */
record PairedLoss(double loss, double error, int groups) {
  private static final double LEVEL = 0.95;

  /**
   * Of two probes' answers on the same words.
   *
   * @throws IllegalArgumentException when they are on other words, or on fewer than two groups
   */
  static PairedLoss of(Answers whole, Answers part, SentenceGroups sentences) {
    if (!Arrays.equals(whole.words(), part.words())) {
      throw new IllegalArgumentException("answers on other words");
    }
    GroupedAnswers all = GroupedAnswers.of(whole, sentences, -1);
    GroupedAnswers some = GroupedAnswers.of(part, sentences, -1);
    int groups = all.words().length;
    if (groups < 2) {
      throw new IllegalArgumentException(groups + " groups have no spread");
    }
    int words = Arrays.stream(all.words()).sum();
    double loss =
        (double) (Arrays.stream(all.right()).sum() - Arrays.stream(some.right()).sum()) / words;
    double squares = 0;
    for (int g = 0; g < groups; g++) {
      double away = all.right()[g] - some.right()[g] - loss * all.words()[g];
      squares += away * away;
    }
    double error = Math.sqrt(squares * groups / (groups - 1)) / words;
    return new PairedLoss(loss, error, groups);
  }

  /** What has to be added to a loss for its one-sided upper limit of 95 %, by Student's t. */
  double margin() {
    return error == 0 ? 0 : new TDistribution(groups - 1).quantile(LEVEL) * error;
  }
}
