package io.salient.lca.drift;

import io.salient.lca.LayerMap;
import io.salient.lca.ranking.ProbeRanker;
import io.salient.lca.ranking.ProbedNeurons;
import io.salient.lca.ranking.RankingMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Halves of corpora that are drawn again and again from one truth, without any fit: the weights of
 * a half are soft(beta + u +- v_m, lambda). u is what the drawing of the corpus does, common to all
 * splits; v_m is the contrast of split m, with the sign of the half. Both have half of the variance
 * tau^2, so that the halves of a split are independent and halves of two splits share half of their
 * words. The noise of two checkpoints is correlated by .6: they are ranked on the same words.
 *
 * <p>Where neurons are ranked by contribution, beta + u +- v_m is also how far the means of a label
 * and of all other words lie apart in a half: in a design without correlations the weight is the
 * soft threshold of that. The label shares fall as 1, 1/2, 1/3 ..
 *
 * <p>beta: 17 labels of 640 neurons, a tenth of them with weight, whose size is exponential, as L1
 * leaves them; halves agree by about .5.
 */
final class SimulatedCorpora {
  static final LayerMap MAP = new LayerMap(5, 128);
  static final int LABELS = 17;
  static final int K = 64;

  private static final double LAMBDA = 0.2;
  private static final double TAU = 0.1;
  private static final double COMMON = 0.6;
  private static final double CARRIERS = 0.1;
  private static final double SCALE = 0.1;

  private final int splits;
  private final RankingMethod method;
  private final double[][] beta;

  SimulatedCorpora(int splits, RankingMethod method) {
    this.splits = splits;
    this.method = method;
    this.beta = truth(new Random(1));
  }

  private static double[][] truth(Random random) {
    double[][] beta = new double[LABELS][MAP.width()];
    for (double[] row : beta) {
      for (int d = 0; d < row.length; d++) {
        double size = -SCALE * Math.log(1 - random.nextDouble()) + LAMBDA;
        double below = (2 * random.nextDouble() - 1) * 0.7 * LAMBDA;
        boolean carries = random.nextDouble() < CARRIERS;
        row[d] = carries ? (random.nextBoolean() ? size : -size) : below;
      }
    }
    return beta;
  }

  /**
   * A checkpoint.
   *
   * @param noise factor of its noise against the baseline's
   * @param roles share of the neurons whose roles are passed on in a circle
   * @param labels labels for which they are
   */
  record Cell(double noise, double roles, int labels) {
    static Cell of(double noise, double roles) {
      return new Cell(noise, roles, LABELS);
    }
  }

  /** Baseline and checkpoint on one corpus. */
  record Pair(ReplicateHalves baseline, ReplicateHalves checkpoint) {}

  /** The corpus of a seed. */
  Pair corpus(Cell cell, long seed) {
    Random random = new Random(seed);
    double[][] after = moved(cell);
    double[][] common = noise(random);
    double[][] own = mixed(cell.noise(), common, noise(random));
    List<ReplicateHalves.Pair> before = new ArrayList<>();
    List<ReplicateHalves.Pair> later = new ArrayList<>();
    for (int split = 0; split < splits; split++) {
      double[][] contrast = noise(random);
      before.add(pair(beta, common, contrast));
      later.add(pair(after, own, mixed(cell.noise(), contrast, noise(random))));
    }
    return new Pair(halves(before), halves(later));
  }

  private double[][] moved(Cell cell) {
    double[][] moved = new double[LABELS][];
    int[] circle = circle((int) Math.round(cell.roles() * MAP.width()));
    for (int label = 0; label < LABELS; label++) {
      moved[label] = beta[label].clone();
      for (int i = 0; label < cell.labels() && i < circle.length; i++) {
        moved[label][circle[(i + 1) % circle.length]] = beta[label][circle[i]];
      }
    }
    return moved;
  }

  /** The same neurons for every corpus: the drift is a fact, not chance. */
  private static int[] circle(int size) {
    BitSet chosen = new BitSet();
    List<Integer> circle = new ArrayList<>();
    Random random = new Random(3);
    while (circle.size() < size) {
      int neuron = random.nextInt(MAP.width());
      if (!chosen.get(neuron)) {
        chosen.set(neuron);
        circle.add(neuron);
      }
    }
    return circle.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[][] noise(Random random) {
    double[][] noise = new double[LABELS][MAP.width()];
    for (double[] row : noise) {
      for (int d = 0; d < row.length; d++) {
        row[d] = TAU / Math.sqrt(2) * random.nextGaussian();
      }
    }
    return noise;
  }

  private static double[][] mixed(double factor, double[][] common, double[][] own) {
    double[][] mixed = new double[LABELS][MAP.width()];
    for (int label = 0; label < LABELS; label++) {
      for (int d = 0; d < MAP.width(); d++) {
        mixed[label][d] =
            factor * (COMMON * common[label][d] + Math.sqrt(1 - COMMON * COMMON) * own[label][d]);
      }
    }
    return mixed;
  }

  private ReplicateHalves.Pair pair(double[][] truth, double[][] u, double[][] v) {
    return new ReplicateHalves.Pair(half(truth, u, v, 1), half(truth, u, v, -1));
  }

  private HalfRanking half(double[][] truth, double[][] u, double[][] v, int sign) {
    float[][] weights = new float[LABELS][MAP.width()];
    float[] contributions = new float[MAP.width()];
    for (int label = 0; label < LABELS; label++) {
      double factor = Math.sqrt(share(label));
      for (int d = 0; d < MAP.width(); d++) {
        double x = truth[label][d] + u[label][d] + sign * v[label][d];
        weights[label][d] = (float) (Math.signum(x) * Math.max(0, Math.abs(x) - LAMBDA));
        contributions[d] += (float) (factor * weights[label][d] * x);
      }
    }
    return HalfRanking.of(
        new ProbeRanker(method, 0),
        weights,
        new ProbedNeurons(contributions, new float[0]),
        new int[LABELS],
        K);
  }

  /** Of a label among the words. */
  private static double share(int label) {
    double all = IntStream.rangeClosed(1, LABELS).mapToDouble(rank -> 1.0 / rank).sum();
    return 1.0 / (label + 1) / all;
  }

  private static ReplicateHalves halves(List<ReplicateHalves.Pair> pairs) {
    List<String> labels = IntStream.range(0, LABELS).mapToObj(l -> "L" + l).toList();
    return new ReplicateHalves(MAP, labels, K, 100, true, pairs);
  }
}
