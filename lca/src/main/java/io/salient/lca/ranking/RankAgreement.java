package io.salient.lca.ranking;

import java.util.BitSet;
import java.util.List;

/**
 * Whether rankings of the same neurons by different methods agree (Fan, Dalvi, Durrani and Sajjad,
 * NeurIPS 2023): the average overlap of two, and the vote of many.
 */
public final class RankAgreement {
  private RankAgreement() {}

  /**
   * Average overlap (Webber, Moffat and Zobel, TOIS 2010): the mean over depths d = 1..k of the
   * share that the first d of both have in common. 1 for equal prefixes, 0 for disjoint ones; about
   * (k + 1) / 2D by chance.
   *
   * @param depth k, 1 to D
   */
  public static double averageOverlap(NeuronRanking a, NeuronRanking b, int depth) {
    if (a.width() != b.width() || depth < 1 || depth > a.width()) {
      throw new IllegalArgumentException(
          "depth %d of rankings of %d and %d neurons".formatted(depth, a.width(), b.width()));
    }
    BitSet seen = new BitSet(a.width());
    int common = 0;
    double sum = 0;
    for (int d = 0; d < depth; d++) {
      common += visit(seen, a.neuronAt(d)) + visit(seen, b.neuronAt(d));
      sum += (double) common / (d + 1);
    }
    return sum / depth;
  }

  private static int visit(BitSet seen, int neuron) {
    int known = seen.get(neuron) ? 1 : 0;
    seen.set(neuron);
    return known;
  }

  /**
   * Borda's vote: each ranking gives a neuron D points less its place from 0; most points first,
   * equal ones by index. Neurons of one score share the mean of their places, so that no ranking
   * votes for an order that it does not have. A neuron's score is its points / (D x rankings), from
   * 0 to 1, as float32.
   *
   * @param rankings of the same D neurons, one at least
   */
  public static NeuronRanking borda(List<NeuronRanking> rankings) {
    int width = rankings.getFirst().width();
    double[] points = new double[width];
    for (NeuronRanking ranking : rankings) {
      if (ranking.width() != width) {
        throw new IllegalArgumentException(
            "rankings of %d and %d neurons".formatted(width, ranking.width()));
      }
      vote(ranking, points);
    }
    float[] saliences = new float[width];
    for (int d = 0; d < width; d++) {
      saliences[d] = (float) (points[d] / ((double) width * rankings.size()));
    }
    return NeuronRanking.ofSaliences(saliences);
  }

  private static void vote(NeuronRanking ranking, double[] points) {
    int width = ranking.width();
    int start = 0;
    while (start < width) {
      double score = ranking.scoreOf(ranking.neuronAt(start));
      int end = start + 1;
      while (end < width && ranking.scoreOf(ranking.neuronAt(end)) == score) {
        end++;
      }
      for (int place = start; place < end; place++) {
        points[ranking.neuronAt(place)] += width - (start + end - 1) / 2.0;
      }
      start = end;
    }
  }
}
