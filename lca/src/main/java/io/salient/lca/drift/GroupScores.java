package io.salient.lca.drift;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How well probes do on each of N groups of test words: documents, or sentences where the corpus
 * marks none. All four are over the same groups.
 *
 * @param before a: the probe of the one checkpoint on that checkpoint
 * @param after n: the probe of the other on the other
 * @param transferred u: the probe of the one, unchanged, on the other; empty where it was not
 *     applied
 * @param majority j: always the commonest train label
 */
public record GroupScores(
    double[] before, double[] after, Optional<double[]> transferred, double[] majority) {
  /** Checks that all are of the same groups. */
  public GroupScores {
    int groups = before.length;
    if (after.length != groups
        || majority.length != groups
        || transferred.filter(u -> u.length != groups).isPresent()) {
      throw new IllegalArgumentException("scores of other groups than " + groups);
    }
  }

  /** Words right in each group. */
  public static GroupScores ofWords(
      int[] before, int[] after, Optional<int[]> transferred, int[] majority) {
    return new GroupScores(
        doubles(before), doubles(after), transferred.map(GroupScores::doubles), doubles(majority));
  }

  private static double[] doubles(int[] words) {
    return Arrays.stream(words).asDoubleStream().toArray();
  }

  /**
   * Of one label: what each group contributes to F1, linearised about it, so that the mean is F1 /
   * N: F1 / N + (2 tp - F1 (said + present)) / sum(said + present). Always saying the label has the
   * share of words that have it for a score: j = share / N in every group.
   *
   * @param present words of each group that have the label
   * @param words all words of each group
   */
  public static GroupScores ofLabel(
      int[] present, int[] words, Answers before, Answers after, Optional<Answers> transferred) {
    int groups = present.length;
    double share = (double) Arrays.stream(present).sum() / Math.max(1, Arrays.stream(words).sum());
    double[] majority = new double[groups];
    Arrays.fill(majority, share / groups);
    return new GroupScores(
        before.linearisedF1(present),
        after.linearisedF1(present),
        transferred.map(answers -> answers.linearisedF1(present)),
        majority);
  }

  /**
   * What a probe says of one label, by group.
   *
   * @param right words that have the label and are said to
   * @param said words that are said to have it
   */
  public record Answers(int[] right, int[] said) {
    private double[] linearisedF1(int[] present) {
      int groups = present.length;
      double all = Arrays.stream(said).sum() + (double) Arrays.stream(present).sum();
      if (all == 0) {
        return new double[groups];
      }
      double f1 = 2.0 * Arrays.stream(right).sum() / all;
      return IntStream.range(0, groups)
          .mapToDouble(i -> f1 / groups + (2.0 * right[i] - f1 * (said[i] + present[i])) / all)
          .toArray();
    }
  }

  /** N. */
  public int groups() {
    return before.length;
  }

  /** a - n: what was lost. */
  double[] lost() {
    return minus(before, after);
  }

  /** a - j: what there was to lose. */
  double[] known() {
    return minus(before, majority);
  }

  /** n - u: what only a new probe finds; empty where the old one was not applied. */
  Optional<double[]> regained() {
    return transferred.map(u -> minus(after, u));
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
