package io.salient.lca.ranking;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * The Gaussian probe (Torroba Hennigen, Williams and Cotterell, EMNLP 2020): neurons are chosen one
 * after the other, each so that the set S chosen so far tells most about the label V.
 *
 * <p><b>Objective.</b> I(V; h_S) = H(V) - H(V | h_S) in nats, estimated on the train words i as
 * H(pi) + (1/n) sum_i log p(v_i | h_i,S), with p(v | h) proportional to pi_v N(h; mu_v, Sigma_v),
 * pi the labels' shares. mu_v is the label's mean; Sigma_v its covariance over the neurons that
 * were let in, drawn towards a common variance ({@link Shrinkage}), plus {@value #FLOOR} of a
 * neuron's whole variance on the diagonal, so that a neuron that is constant on a label does not
 * decide alone.
 *
 * <p><b>Filter.</b> Only the {@link #CANDIDATES} neurons whose labels' means explain most of their
 * variance (eta squared, from {@link ClassStatistics}) are let in, and {@link #CHOSEN} of them are
 * chosen greedily; then come the other candidates, then all other neurons, by eta squared. At most
 * {@link #WORDS} words are used, evenly spread over those there are.
 *
 * <p>It ranks for all labels together and tells nothing of single ones. Cost: chosen x candidates x
 * words x labels densities; memory words x candidates x labels floats.
 */
public final class GaussianRanker {
  /** Neurons let in, k. */
  public static final int CANDIDATES = 100;

  /** Neurons that are chosen greedily. */
  public static final int CHOSEN = 50;

  /** Words used at most. */
  public static final int WORDS = 4_096;

  /** Share of a neuron's whole variance that is added to its variance on every label. */
  static final double FLOOR = 1e-3;

  private final int[] candidates;
  private final int[] classes;
  private final double[] priors;
  private final int[] counts;
  private final float[][][] residuals; // class, candidate, word: what the chosen do not explain
  private final double[][][] covariances; // class, candidate x candidate, given the chosen
  private final double[][] evidence; // word, class: log pi_v N(h_S)

  private GaussianRanker(
      int[] candidates, float[][] columns, int[] classes, int classCount, Shrinkage shrinkage) {
    this.candidates = candidates;
    this.classes = classes;
    counts = new int[classCount];
    Arrays.stream(classes).forEach(c -> counts[c]++);
    priors = Arrays.stream(counts).mapToDouble(n -> (double) n / classes.length).toArray();
    residuals = new float[classCount][candidates.length][];
    covariances = new double[classCount][candidates.length][candidates.length];
    evidence = new double[classes.length][];
    double[] start = Arrays.stream(priors).map(Math::log).toArray();
    Arrays.setAll(evidence, i -> start.clone());
    IntStream.range(0, classCount).parallel().forEach(v -> center(v, columns));
    IntStream.range(0, classCount).parallel().forEach(v -> covary(v, columns, shrinkage));
  }

  /**
   * The neurons that {@link #rank} wants to see.
   *
   * @param minLabelCount labels with fewer words have no part
   * @return by eta squared, the highest first
   */
  public static int[] candidates(ClassStatistics statistics, int minLabelCount) {
    return Arrays.copyOf(
        byEtaSquared(statistics, minLabelCount), Math.min(CANDIDATES, statistics.width()));
  }

  /**
   * Ranks.
   *
   * @param columns by candidate, the standardised activations of the words
   * @param classes of each word, 0 to classCount - 1, each at least once, two classes at least
   * @param shrinkage of the covariances
   * @param done told the share that is done
   */
  public static MethodScores rank(
      ClassStatistics statistics,
      int minLabelCount,
      float[][] columns,
      int[] classes,
      int classCount,
      Shrinkage shrinkage,
      DoubleConsumer done) {
    int[] all = byEtaSquared(statistics, minLabelCount);
    int[] candidates = Arrays.copyOf(all, columns.length);
    int[] chosen =
        new GaussianRanker(candidates, columns, classes, classCount, shrinkage)
            .choose(Math.min(CHOSEN, columns.length), done);
    boolean[] taken = new boolean[all.length];
    float[] saliences = new float[all.length];
    int left = all.length;
    for (int neuron : chosen) {
      saliences[neuron] = left--;
      taken[neuron] = true;
    }
    for (int neuron : all) {
      if (!taken[neuron]) {
        saliences[neuron] = left--;
      }
    }
    return new MethodScores(Optional.of(saliences), new float[0][]);
  }

  /** All neurons by the share of their variance that the labels' means explain. */
  private static int[] byEtaSquared(ClassStatistics statistics, int minLabelCount) {
    int[] labels = statistics.labels(minLabelCount);
    int[] counts = statistics.counts();
    float[] eta = new float[statistics.width()];
    for (int d = 0; d < eta.length; d++) {
      double words = 0;
      double sum = 0;
      double within = 0;
      for (int label : labels) {
        words += counts[label];
        sum += statistics.sum(label, d);
        within += statistics.squaresWithin(label, d);
      }
      double between = 0;
      for (int label : labels) {
        double away = statistics.mean(label, d) - sum / words;
        between += counts[label] * away * away;
      }
      eta[d] = between > 0 ? (float) (between / (between + within)) : 0;
    }
    return NeuronSort.byDescendingValue(eta);
  }

  private void center(int v, float[][] columns) {
    for (int d = 0; d < columns.length; d++) {
      double sum = 0;
      for (int i = 0; i < classes.length; i++) {
        sum += classes[i] == v ? columns[d][i] : 0;
      }
      float mean = (float) (sum / counts[v]);
      residuals[v][d] = new float[classes.length];
      for (int i = 0; i < classes.length; i++) {
        residuals[v][d][i] = columns[d][i] - mean;
      }
    }
  }

  private void covary(int v, float[][] columns, Shrinkage shrinkage) {
    int[] own = IntStream.range(0, classes.length).filter(i -> classes[i] == v).toArray();
    double[][] centered = new double[candidates.length][];
    for (int d = 0; d < centered.length; d++) {
      float[] residual = residuals[v][d];
      centered[d] = Arrays.stream(own).mapToDouble(i -> residual[i]).toArray();
    }
    double[][] covariance =
        switch (shrinkage) {
          case LEDOIT_WOLF -> LedoitWolf.covariance(centered);
          case NEUROX -> posteriorMode(centered);
        };
    for (int d = 0; d < covariance.length; d++) {
      covariance[d][d] += FLOOR * variance(columns[d]);
    }
    covariances[v] = covariance;
  }

  /** (diag(C) + n C) / (n + 2k + 4). */
  private static double[][] posteriorMode(double[][] centered) {
    int k = centered.length;
    int n = centered[0].length;
    double scale = n + 2.0 * k + 4;
    double[][] covariance = new double[k][k];
    for (int a = 0; a < k; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += centered[a][i] * centered[b][i];
        }
        covariance[a][b] = sum / scale + (a == b ? sum / n / scale : 0);
        covariance[b][a] = covariance[a][b];
      }
    }
    return covariance;
  }

  private static double variance(float[] column) {
    double mean = 0;
    for (float x : column) {
      mean += x / (double) column.length;
    }
    double sum = 0;
    for (float x : column) {
      sum += (x - mean) * (x - mean);
    }
    return Math.max(Float.MIN_NORMAL, sum / column.length);
  }

  private int[] choose(int size, DoubleConsumer done) {
    int[] chosen = new int[size];
    boolean[] taken = new boolean[candidates.length];
    for (int place = 0; place < size; place++) {
      int best = best(taken);
      taken[best] = true;
      chosen[place] = candidates[best];
      condition(best);
      done.accept((place + 1.0) / size);
    }
    return chosen;
  }

  /** The candidate that adds most information; of equals the one that stands first. */
  private int best(boolean[] taken) {
    double[] information = new double[candidates.length];
    IntStream.range(0, candidates.length)
        .parallel()
        .filter(d -> !taken[d])
        .forEach(d -> information[d] = information(d));
    return IntStream.range(0, candidates.length)
        .filter(d -> !taken[d])
        .boxed()
        .max(
            Comparator.<Integer>comparingDouble(d -> information[d])
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  /** Mean log p(v_i | h_i) with one more neuron, which differs from I(V; h) by a constant. */
  private double information(int d) {
    int classCount = counts.length;
    double[] logs = new double[classCount];
    double[] precisions = new double[classCount];
    double[] offsets = new double[classCount];
    for (int v = 0; v < classCount; v++) {
      precisions[v] = -0.5 / covariances[v][d][d];
      offsets[v] = -0.5 * Math.log(covariances[v][d][d]);
    }
    double sum = 0;
    for (int i = 0; i < classes.length; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int v = 0; v < classCount; v++) {
        double r = residuals[v][d][i];
        logs[v] = evidence[i][v] + offsets[v] + precisions[v] * r * r;
        most = Math.max(most, logs[v]);
      }
      double total = 0;
      for (int v = 0; v < classCount; v++) {
        total += Math.exp(logs[v] - most);
      }
      sum += logs[classes[i]] - most - Math.log(total);
    }
    return sum / classes.length;
  }

  /** Takes a neuron into the set: what it explains of the others goes out of them. */
  private void condition(int chosen) {
    IntStream.range(0, counts.length).parallel().forEach(v -> condition(v, chosen));
  }

  private void condition(int v, int chosen) {
    double variance = covariances[v][chosen][chosen];
    float[] known = residuals[v][chosen];
    for (int i = 0; i < classes.length; i++) {
      evidence[i][v] -= 0.5 * (Math.log(variance) + (double) known[i] * known[i] / variance);
    }
    double[] row = covariances[v][chosen].clone();
    for (int d = 0; d < candidates.length; d++) {
      float slope = (float) (row[d] / variance);
      if (d != chosen) {
        for (int i = 0; i < classes.length; i++) {
          residuals[v][d][i] -= slope * known[i];
        }
        for (int e = 0; e < candidates.length; e++) {
          covariances[v][d][e] -= row[d] * row[e] / variance;
        }
      }
    }
  }
}
